import { Arbitrary, type Random, Stream, Value } from 'fast-check'

/**
 * An arbitrary that draws its values by a plain function. Its values are not shrunk by themselves: a case is shrunk as a
 * whole, on the bytes that were made of them.
 */
export function drawn<T>(make: (chance: Random) => T): Arbitrary<T> {
  return new Drawn(make)
}

class Drawn<T> extends Arbitrary<T> {
  readonly #make: (chance: Random) => T

  constructor(make: (chance: Random) => T) {
    super()
    this.#make = make
  }

  override generate(chance: Random): Value<T> {
    return new Value(this.#make(chance), undefined)
  }

  override canShrinkWithoutContext(_: unknown): _ is T {
    return false
  }

  override shrink(): Stream<Value<T>> {
    return Stream.nil()
  }
}
