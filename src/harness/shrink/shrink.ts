// Makes a failing case as small as it can within a budget. Greedy: a candidate that still breaks the same rule becomes
// the new best, and the pass that gave it goes on from there; when no pass gives anything more, the case is minimal.
//
// Over a network each try is a conversation, so candidates already tried are not tried again, and bold steps (half of
// everything) come first. The best so far is told at every step: whoever is interrupted has it.

import { createHash } from 'node:crypto'
import type { Codec } from '../../codec/codec.ts'
import type { Case, Step } from '../case.ts'
import { passes } from './passes.ts'

export interface ShrinkBudget {
  /** Candidates at the most. */
  readonly tries: number
  /** True when the time is over or the run was interrupted. */
  readonly over: () => boolean
}

export interface Shrunk {
  readonly best: Case
  /** Candidates that were played. */
  readonly tries: number
  /** The budget ended before no simpler case was left to try. */
  readonly cutShort: boolean
}

/** Shrinks `start` among the cases that `admits`. `fails` plays a candidate and tells whether it still breaks the same rule. */
export async function shrink(
  start: Case,
  codec: Codec<unknown>,
  admits: (candidate: Case) => boolean,
  fails: (candidate: Case) => Promise<boolean>,
  budget: ShrinkBudget,
): Promise<Shrunk> {
  const seen = new Set<string>([digest(start)])
  let best = start
  let tries = 0
  const spent = (): boolean => tries >= budget.tries || budget.over()
  const better = async (pass: (typeof passes)[number]): Promise<Case | undefined> => {
    for (const candidate of pass(best, codec)) {
      if (spent()) return undefined
      if (!admits(candidate)) continue
      const key = digest(candidate)
      if (seen.has(key)) continue
      seen.add(key)
      tries += 1
      if (await fails(candidate)) return candidate
    }
    return undefined
  }
  for (let improved = true; improved && !spent(); ) {
    improved = false
    for (const pass of passes) {
      for (let next = await better(pass); next !== undefined; next = await better(pass)) {
        best = next
        improved = true
      }
    }
  }
  return { best, tries, cutShort: spent() }
}

/** Equal for equal cases. */
export function digest(subject: Case): string {
  const hash = createHash('sha256')
  for (const { steps, cuts } of subject.connections) {
    for (const step of steps) {
      hash.update(wordOf(step))
      if ('bytes' in step) hash.update(step.bytes.length > LONG ? digestOf(step.bytes) : step.bytes)
    }
    hash.update(`cuts ${cuts.join()};`)
  }
  return hash.update(`turns ${subject.turns.join()}`).digest('hex')
}

function wordOf(step: Step): string {
  if (step.do === 'pause') return `pause ${step.ms};`
  if (step.do === 'insist') return `insist ${step.times} ${step.bytes.length};`
  if (step.do !== 'datagram') return step.do === 'send' ? `send ${step.bytes.length};` : `${step.do};`
  return `datagram ${step.fault === undefined ? '' : Object.values(step.fault).join()} ${step.bytes.length};`
}

const LONG = 1_024

/** A message that is said a thousand times, in each of a hundred candidates, is the same memory each time. */
const known = new WeakMap<Uint8Array, Buffer>()

function digestOf(bytes: Uint8Array): Buffer {
  const digest = known.get(bytes) ?? createHash('sha256').update(bytes).digest()
  known.set(bytes, digest)
  return digest
}
