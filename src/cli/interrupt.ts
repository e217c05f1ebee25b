import { EXIT } from './exit.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * A signal that is aborted by the first Ctrl-C, SIGTERM or SIGHUP (the terminal was closed), so that what was found is
 * still reported. A second one ends the process at once.
 */
export function onInterrupt(told: () => void): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    controller.abort()
    told()
  }
  for (const name of SIGNALS) process.on(name, interrupt)
  const dispose = (): void => {
    for (const name of SIGNALS) process.off(name, interrupt)
  }
  return { signal: controller.signal, dispose }
}
