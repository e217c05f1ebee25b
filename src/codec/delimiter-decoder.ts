// Reads frames that end with a delimiter. As with sized frames: whole ones are found in the chunk and copied out of it
// in one piece, only one that straddles chunks goes through the scratch. No byte is searched twice.

import { bad } from './bad.ts'
import type { Decoder, Item } from './codec.ts'
import { type Delimiters, OPEN, TOO_LONG } from './delimiters.ts'
import { Scratch } from './scratch.ts'
import { copyOf } from './slices.ts'

/** Makes a frame of bytes that will not change: data from `start` up to `dataEnd`, then this delimiter. */
export type DelimitedFrameOf<F> = (bytes: Uint8Array, start: number, dataEnd: number, delimiter: Uint8Array) => F

export class DelimiterDecoder<F> implements Decoder<F> {
  readonly #delimiters: Delimiters
  readonly #frameOf: DelimitedFrameOf<F>
  readonly #limit: number
  readonly #held = new Scratch()
  #over = false

  constructor(delimiters: Delimiters, limit: number, frameOf: DelimitedFrameOf<F>) {
    this.#delimiters = delimiters
    this.#limit = limit
    this.#frameOf = frameOf
  }

  push(chunk: Uint8Array): Item<F>[] {
    const items: Item<F>[] = []
    if (this.#over) return items
    const resumed = this.#held.length > 0 ? this.#resume(chunk, items) : 0
    if (!this.#over && resumed < chunk.length) this.#readFrames(chunk, resumed, items)
    return items
  }

  end(): Item<F>[] {
    if (this.#over || this.#held.length === 0) return []
    this.#over = true
    return [bad('truncated', `the stream ends ${this.#held.length} bytes into a frame, before its delimiter`)]
  }

  /** Goes on with the frame that is held; gives how many bytes of the chunk it took. */
  #resume(chunk: Uint8Array, items: Item<F>[]): number {
    const held = this.#held
    let at = 0
    while (at < chunk.length && !this.#over) {
      const to = this.#delimiters.afterNextCandidate(chunk, at, chunk.length)
      const searched = held.length
      held.append(chunk, at, to)
      at = to
      const end = this.#delimiters.endOf(held.bytes, 0, searched, held.length)
      if (end === TOO_LONG) this.#refuse(items)
      if (end > 0) {
        items.push(this.#frame(held.take(), 0, end))
        return at
      }
    }
    return at
  }

  #readFrames(chunk: Uint8Array, from: number, items: Item<F>[]): void {
    const ends: number[] = []
    let start = from
    let end = this.#delimiters.endOf(chunk, start, start, chunk.length)
    while (end > 0) {
      ends.push(end - from)
      start = end
      end = this.#delimiters.endOf(chunk, start, start, chunk.length)
    }
    if (start > from) this.#giveFrames(copyOf(chunk, from, start), ends, items)
    if (end === TOO_LONG) this.#refuse(items)
    if (end === OPEN) this.#held.append(chunk, start, chunk.length)
  }

  #giveFrames(own: Uint8Array, ends: readonly number[], items: Item<F>[]): void {
    let start = 0
    for (const end of ends) {
      items.push(this.#frame(own, start, end))
      start = end
    }
  }

  #frame(bytes: Uint8Array, start: number, end: number): Item<F> {
    const delimiter = this.#delimiters.at(bytes, start, end)!
    return { is: 'frame', frame: this.#frameOf(bytes, start, end - delimiter.length, delimiter) }
  }

  #refuse(items: Item<F>[]): void {
    items.push(bad('oversize', `no delimiter after ${this.#limit} bytes of data, which is the limit`))
    this.#over = true
    this.#held.clear()
  }
}
