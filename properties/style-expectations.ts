// What each style of server can and cannot do: style x protocol, and by name the claims that are false of it by design.
// A claim that is not named must pass. One that is named must fail, by this rule: a style that passes it is not the
// style that it says it is, and one that fails otherwise has a bug.

import type { Expectation } from './expectation.ts'

/** A claim that is false of a server that is nevertheless right. */
export interface ByDesign {
  readonly property: string
  readonly rule: string
  /** The reason in one sentence, for the table that people read. */
  readonly because: string
}

const PROTOCOLS = ['frame', 'echo', 'lines', 'upper', 'collector', 'files']

const STARVES: ByDesign = {
  property: 'any/isolation',
  rule: 'disturbed',
  because: 'it serves one client at a time: as long as one is connected and says nothing, the others wait',
}

/** Whether the one that is connected reads or not. */
const STARVES_BESIDE: ByDesign = { ...STARVES, property: 'any/back-pressure' }

/** A crowd holds every worker, and then it is as with one. */
const IS_CROWDED: ByDesign = {
  property: 'any/crowd',
  rule: 'disturbed',
  because: 'it has so many workers and no more: as long as a silent client has each of them, the others wait',
}

/** In the order of the lectures: each style has something that the one before it lacks. */
const STYLES: readonly { readonly server: string; readonly byDesign?: readonly ByDesign[] }[] = [
  { server: 'blocking', byDesign: [STARVES, STARVES_BESIDE, IS_CROWDED] },
  { server: 'blocking-timeout', byDesign: [STARVES, STARVES_BESIDE, IS_CROWDED] },
  { server: 'threaded' },
  { server: 'thread-pool', byDesign: [IS_CROWDED] },
  { server: 'prefork' },
  { server: 'prefork-threaded' },
  { server: 'evented' },
  { server: 'async' },
]

export const STYLE_EXPECTATIONS: readonly Expectation[] = STYLES.flatMap((style) =>
  PROTOCOLS.map((protocol) => ({ ...style, protocol })),
)
