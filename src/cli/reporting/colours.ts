import pc from 'picocolors'

export type Colours = ReturnType<typeof pc.createColors>

/** Colours for a stream: on a terminal, unless NO_COLOR is set; anywhere where FORCE_COLOR is. */
export function coloursFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Colours {
  if (env.NO_COLOR) return pc.createColors(false)
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return pc.createColors(true)
  return pc.createColors(stream.isTTY === true && env.TERM !== 'dumb')
}
