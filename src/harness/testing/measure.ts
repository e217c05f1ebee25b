import type { Codec } from '../../codec/codec.ts'
import type { Case } from '../case.ts'
import { dataIn, PLAIN } from '../shrink/data.ts'

/**
 * How simple a case is: whole numbers, 0 or more, of which the earlier weigh more. Every step of a shrink makes this less
 * in the order of the dictionary, so no shrink can go on for ever: the order of such lists has no endless descent.
 */
export function measureOf({ connections, turns }: Case, codec: Codec<unknown>): readonly number[] {
  const steps = connections.flatMap((script) => script.steps)
  const cuts = connections.flatMap((script) => script.cuts)
  const sends = steps.flatMap((step) => (step.do === 'send' ? [step.bytes] : []))
  return [
    connections.length,
    steps.length,
    sends.length,
    steps.filter((step) => step.do === 'reset').length,
    sum(steps.map((step) => (step.do === 'pause' ? step.ms : 0))),
    turns.length,
    cuts.length,
    sum(sends.map(({ length }) => length)),
    sum(cuts),
    sum(sends.map((bytes) => unplain(bytes, codec))),
  ]
}

/** Whether one list of numbers stands before another in the order of the dictionary. */
export function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index])
  return at !== -1 && (one[at] as number) < (other[at] as number)
}

function unplain(bytes: Uint8Array, codec: Codec<unknown>): number {
  const { start, end } = dataIn(codec, bytes)
  return bytes.subarray(start, end).filter((byte) => byte !== PLAIN).length
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
