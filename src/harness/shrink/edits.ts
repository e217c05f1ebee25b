// Small edits of a case that keep its three axes in step: when bytes go, the cuts behind them move with their bytes; when
// a connection goes, its turns go too.

import type { Case, Script, Step } from '../case.ts'

/** The case without connection `gone`. */
export function withoutConnection(subject: Case, gone: number): Case {
  return {
    connections: subject.connections.filter((_, on) => on !== gone),
    turns: subject.turns.filter((on) => on !== gone).map((on) => (on > gone ? on - 1 : on)),
  }
}

/** The case with another script for connection `on`. */
export function withScript(subject: Case, on: number, script: Script): Case {
  return { ...subject, connections: subject.connections.map((old, at) => (at === on ? script : old)) }
}

/**
 * The script without steps `from` (included) to `to` (not included). Cuts inside what goes, go; one at either edge of it
 * stays at the seam, so that a FIN or the next message stays torn off.
 */
export function withoutSteps(script: Script, from: number, to: number): Script {
  const start = offsetOf(script, from)
  const end = offsetOf(script, to)
  return tidy(
    script.steps.filter((_, at) => at < from || at >= to),
    script.cuts.filter((cut) => cut <= start || cut >= end).map((cut) => (cut >= end ? cut - (end - start) : cut)),
  )
}

/** Other bytes for one send. `moved` tells where an offset into the old ones lies in the new; it never steps back. */
export interface Rewritten {
  readonly bytes: Uint8Array
  readonly moved: (offset: number) => number
}

/** The script with other bytes in send step `at`. */
export function withBytes(script: Script, at: number, { bytes, moved }: Rewritten): Script {
  const old = script.steps[at]
  if (old === undefined || !('bytes' in old)) throw new RangeError(`withBytes: step ${at} sends nothing`)
  const start = offsetOf(script, at)
  const end = start + old.bytes.length
  return tidy(
    script.steps.map((step, index) => (index === at ? { ...old, bytes } : step)),
    script.cuts.map((cut) => {
      if (cut <= start) return cut
      return cut < end ? start + moved(cut - start) : cut - old.bytes.length + bytes.length
    }),
  )
}

/**
 * The steps with those from `from` (included) to `to` (not included) joined where sends follow each other, up to what one
 * read takes, and as long as `goesOn` says of the bytes of one that the next may go on with them.
 */
export function joinedWithin(
  steps: readonly Step[],
  from: number,
  to: number,
  goesOn: (bytes: Uint8Array) => boolean,
): readonly Step[] {
  const joined: Step[] = []
  for (const [at, step] of steps.entries()) {
    const before = joined.at(-1)
    const mayJoin = at > from && at < to && step.do === 'send' && before?.do === 'send'
    if (mayJoin && before.bytes.length + step.bytes.length <= ONE_READ && goesOn(before.bytes))
      joined[joined.length - 1] = { do: 'send', bytes: Buffer.concat([before.bytes, step.bytes]) }
    else joined.push(step)
  }
  return joined
}

/** Bytes of a joined send at the most: what libuv reads at once. The many MiB of a bulk case stay in pieces that are quickly copied. */
const ONE_READ = 65_536

/**
 * The script without the first `gone` bytes that it sends. What follows moves up, so that each send is as long as it was,
 * but for the last ones: other bytes, torn where they were torn.
 */
export function movedUp(script: Script, gone: number): Script {
  const sent = Buffer.concat(script.steps.flatMap((step) => ('bytes' in step ? [step.bytes] : []))).subarray(gone)
  let from = 0
  const steps = script.steps.map((step): Step => {
    if (!('bytes' in step)) return step
    const bytes = sent.subarray(from, from + step.bytes.length)
    from += step.bytes.length
    return { ...step, bytes }
  })
  return tidy(steps, script.cuts)
}

/** Offset, in the bytes that the script sends, at which step `at` begins. */
export function offsetOf(script: Script, at: number): number {
  let offset = 0
  for (const step of script.steps.slice(0, at)) if ('bytes' in step) offset += step.bytes.length
  return offset
}

/** A script whose cuts are in order, once each, and within its bytes; sends of nothing are dropped. */
function tidy(steps: readonly Step[], cuts: readonly number[]): Script {
  const kept = steps.filter((step) => step.do !== 'send' || step.bytes.length > 0)
  const total = offsetOf({ steps: kept, cuts: [] }, kept.length)
  const inside = cuts.filter((cut) => cut >= 1 && cut <= total)
  return { steps: kept, cuts: [...new Set(inside)].sort((a, b) => a - b) }
}
