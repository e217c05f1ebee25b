// Plays of the same bytes against each other, where no model tells what is due: what a claim speaks of is done in one of
// them, and not in the others, its controls.

import { answerCodec, hear } from '../src/harness/hear.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account } from '../src/harness/transcript.ts'
import { inWords } from './judge.ts'

/** How two plays of the same bytes were answered differently, or ended so, in words. */
export interface Difference {
  readonly rule: 'answers' | 'end'
  readonly one: string
  readonly other: string
}

/** What a play is, held against its controls. */
export type Compared =
  | { readonly is: 'same' }
  | { readonly is: 'different'; readonly difference: Difference }
  /** The controls differ from each other, so that nothing can be told. */
  | { readonly is: 'unsteady'; readonly why: string }

/** Holds a play against its controls, one or two. It is the same where it is like one of them. */
export function compare(controls: readonly [Account, ...Account[]], played: Account, protocol: Protocol): Compared {
  const differences = controls.map((control) => differenceOf(control, played, protocol))
  const [difference] = differences
  if (difference === undefined || differences.includes(undefined)) return { is: 'same' }
  const [first, second = first] = controls
  const ofItself = differenceOf(first, second, protocol)
  return ofItself === undefined ? { is: 'different', difference } : { is: 'unsteady', why: unsteady(ofItself) }
}

function unsteady({ one, other }: Difference): string {
  return `the server's answers differ by themselves: the same bytes, sent twice in the same way, got ${one}, and then ${other}. Give the protocol a model, or "accepts", which says what is as good as the same`
}

function differenceOf(one: Account, other: Account, protocol: Protocol): Difference | undefined {
  const difference = firstDifference(one.received, other.received, protocol)
  if (difference !== undefined) return { rule: 'answers', ...difference }
  if (one.ending === other.ending) return undefined
  return { rule: 'end', one: inWords(one.ending), other: inWords(other.ending) }
}

function firstDifference(
  one: Uint8Array,
  other: Uint8Array,
  protocol: Protocol,
): { one: string; other: string } | undefined {
  if (Buffer.compare(one, other) === 0 || acceptedAlike(one, other, protocol)) return undefined
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const excerpt = (bytes: Uint8Array): string => {
    const rest = Buffer.from(bytes.subarray(at, at + 12)).toString('hex')
    return `${bytes.length} bytes of answers${rest === '' ? '' : `, at byte ${at}: ${rest}`}`
  }
  return { one: excerpt(one), other: excerpt(other) }
}

/** Answers that differ in bytes may still be the same to the protocol: the wording of an error, for example. */
function acceptedAlike(one: Uint8Array, other: Uint8Array, protocol: Protocol): boolean {
  if (protocol.accepts === undefined) return false
  const codec = answerCodec(protocol)
  const [a, b] = [hear(codec, one, true), hear(codec, other, true)]
  if (a.bad !== undefined || b.bad !== undefined || a.frames.length !== b.frames.length) return false
  return a.frames.every((frame, at) => protocol.accepts?.(frame, b.frames[at]))
}
