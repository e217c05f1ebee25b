import { answerCodec, hear } from '../src/harness/hear.ts'
import type { Protocol } from '../src/harness/protocol.ts'

/** Where two plays of the same bytes were answered differently, in words; `undefined` where they were not. */
export function firstDifference(
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
