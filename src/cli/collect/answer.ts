/** What a collector says to one line: `ok N`, or `error N KIND REASON`. */
export interface Answer {
  /** The line's number on its connection, from 1. */
  readonly line: number
  /** `again`: it could not be stored now. `refused`: it never will be. */
  readonly verdict: 'stored' | 'again' | 'refused'
}

/** The answer in a line without its ending; `undefined` where it is none. */
export function parseAnswer(text: string): Answer | undefined {
  const [, ok, error, kind] = /^(?:ok (\d+)$|error (\d+) ([a-z-]+))/.exec(text) ?? []
  if (ok !== undefined) return { line: Number(ok), verdict: 'stored' }
  if (error === undefined) return undefined
  return { line: Number(error), verdict: kind === 'not-stored' ? 'again' : 'refused' }
}
