import { Arbitrary, type Random, Stream, Value } from 'fast-check'
import type { Codec } from '../../codec/codec.ts'
import type { Case } from '../case.ts'
import { passes } from '../shrink/passes.ts'

/**
 * Cases as a fast-check arbitrary. What is drawn is only ever plain data, so a case shrinks without the draws that made
 * it: one read from a file shrinks as well as one just made.
 */
export class CaseArbitrary extends Arbitrary<Case> {
  readonly #make: (chance: Random) => Case
  readonly #codec: Codec<unknown>

  constructor(codec: Codec<unknown>, make: (chance: Random) => Case) {
    super()
    this.#codec = codec
    this.#make = make
  }

  override generate(chance: Random): Value<Case> {
    return new Value(this.#make(chance), undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is Case {
    return typeof value === 'object' && value !== null && 'connections' in value && 'turns' in value
  }

  override shrink(subject: Case): Stream<Value<Case>> {
    const codec = this.#codec
    return new Stream(simpler(subject, codec)).map((candidate) => new Value(candidate, undefined))
  }
}

function* simpler(subject: Case, codec: Codec<unknown>): IterableIterator<Case> {
  for (const pass of passes) yield* pass(subject, codec)
}
