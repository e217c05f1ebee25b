// Finds where delimited data ends. A frame ends at the first byte at which any delimiter is complete; of those that are
// complete there, the longest counts. So the answer never waits for a byte that may not come, and no delimiter may lie
// in another one before its end: the longer could never be seen.

/** No delimiter yet. */
export const OPEN = 0
/** More data than the limit allows, whatever comes next. */
export const TOO_LONG = -1

export class Delimiters {
  /** Longest first. */
  readonly #delimiters: readonly Uint8Array[]
  readonly #limit: number
  readonly #isLast = new Uint8Array(256)

  /** Throws a RangeError where one is empty, or hides another. `limit` is the most bytes of data. */
  constructor(delimiters: readonly Uint8Array[], limit: number) {
    checkDelimiters(delimiters)
    this.#delimiters = delimiters.toSorted((one, other) => other.length - one.length)
    this.#limit = limit
    for (const delimiter of delimiters) this.#isLast[delimiter.at(-1)!] = 1
  }

  /**
   * Where the frame that begins at `start` ends, its delimiter included, else OPEN or TOO_LONG. Bytes before `from` have
   * been looked at before.
   */
  endOf(bytes: Uint8Array, start: number, from: number, to: number): number {
    const certain = start + this.#limit
    for (let at = from; at < to; at++) {
      if (this.#isLast[bytes[at]!] === 1) {
        const delimiter = this.at(bytes, start, at + 1)
        if (delimiter !== undefined) return at + 1 - delimiter.length > certain ? TOO_LONG : at + 1
      }
      if (at >= certain && !this.#mayEndInTime(bytes, start, at + 1)) return TOO_LONG
    }
    return OPEN
  }

  /** The delimiter that is complete right before `end`. */
  at(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
    return this.#delimiters.find(
      (delimiter) => delimiter.length <= end - start && matches(delimiter, delimiter.length, bytes, end),
    )
  }

  /** One past the next byte that may complete a delimiter, or `to`. */
  afterNextCandidate(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) if (this.#isLast[bytes[at]!] === 1) return at + 1
    return to
  }

  /** Whether a delimiter has begun while the data was still within the limit. */
  #mayEndInTime(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#delimiters.some((delimiter) => {
      const least = Math.max(1, end - start - this.#limit)
      for (let begun = least; begun < delimiter.length && begun <= end - start; begun++) {
        if (matches(delimiter, begun, bytes, end)) return true
      }
      return false
    })
  }
}

/** Whether the first `count` bytes of the delimiter are those right before `end`. */
function matches(delimiter: Uint8Array, count: number, bytes: Uint8Array, end: number): boolean {
  for (let i = 0; i < count; i++) if (delimiter[i] !== bytes[end - count + i]) return false
  return true
}

function checkDelimiters(delimiters: readonly Uint8Array[]): void {
  if (delimiters.length === 0) throw new RangeError('a delimiter framing needs at least one delimiter')
  for (const one of delimiters) {
    if (one.length === 0) throw new RangeError('a delimiter needs at least one byte')
    for (const other of delimiters) {
      const found = Buffer.from(other).indexOf(one)
      if (one !== other && found >= 0 && found + one.length < other.length) {
        throw new RangeError(`delimiter ${hex(one)} lies within ${hex(other)}, which so can never be seen: drop one`)
      }
    }
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
