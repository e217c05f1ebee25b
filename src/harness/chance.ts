// The one place where chance comes from. A case is made from (seed, property, index) alone, so that any case can be
// made again without making those before it, however many were in flight.

import { Random } from 'fast-check'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** The chance that makes case number `index` of a property. Same arguments, same draws. */
export function chanceFor(seed: number, property: string, index: number): Random {
  let hash = 0x811c9dc5 ^ seed
  for (let i = 0; i < property.length; i++) hash = Math.imul(hash ^ property.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ index, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return new Random(xoroshiro128plus(hash ^ (hash >>> 13)))
}

/** One of these, evenly. */
export function pick<T>(chance: Random, choices: readonly T[]): T {
  if (choices.length === 0) throw new RangeError('pick: there is nothing to choose from')
  return choices[chance.nextInt(0, choices.length - 1)] as T
}

/** True once in `n` times. */
export function oneIn(chance: Random, n: number): boolean {
  return chance.nextInt(1, n) === 1
}

/** `bytes[from … to)` filled with arbitrary bytes, four a draw. */
export function fillRandom(chance: Random, bytes: Uint8Array, from: number, to: number): void {
  // A xorshift of our own after one draw: per-byte draws would cost more than the conversation itself.
  let state = chance.nextInt(1, 0x7fffffff)
  const whole = to - 3
  for (let i = from; i < to; i += 4) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state
    if (i < whole) {
      bytes[i + 1] = state >>> 8
      bytes[i + 2] = state >>> 16
      bytes[i + 3] = state >>> 24
    } else for (let at = i + 1; at < to; at++) bytes[at] = state >>> (8 * (at - i))
  }
}

/** A seed for a run that was given none. Not reproducible; it is shown, so that the run is. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 0x7fffffff)
}
