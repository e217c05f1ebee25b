// Reads frames that say at their beginning how long they are.
//
// Whole frames are found by offsets in the chunk, copied out of it in one piece, and given as views of that copy: one
// allocation a chunk, not one a frame, and the caller may reuse the chunk at once. Only a frame that straddles chunks
// goes through the scratch.

import { bad } from './bad.ts'
import type { Decoder, Item } from './codec.ts'
import { Scratch } from './scratch.ts'
import { REFUSED, type SizedLayout, UNKNOWN } from './sized-layout.ts'
import { copyOf } from './slices.ts'

/** Makes a frame of bytes that will not change: head from `start`, data from `dataStart` up to `dataEnd`. */
export type FrameOf<F> = (bytes: Uint8Array, start: number, dataStart: number, dataEnd: number) => F

export class SizedDecoder<F> implements Decoder<F> {
  readonly #layout: SizedLayout
  readonly #frameOf: FrameOf<F>
  readonly #held = new Scratch()
  #heldSize = UNKNOWN
  #over = false

  constructor(layout: SizedLayout, frameOf: FrameOf<F>) {
    this.#layout = layout
    this.#frameOf = frameOf
  }

  push(chunk: Uint8Array): Item<F>[] {
    const items: Item<F>[] = []
    if (this.#over) return items
    const resumed = this.#held.length > 0 ? this.#resume(chunk, items) : 0
    if (this.#over || resumed === chunk.length) return items
    const rest = this.#readWholeFrames(chunk, resumed, items)
    if (!this.#over && rest < chunk.length) this.#begin(chunk, rest, items)
    return items
  }

  end(): Item<F>[] {
    if (this.#over || this.#held.length === 0) return []
    this.#over = true
    const due = this.#heldSize === UNKNOWN ? 'its length is not known yet' : `it has ${this.#heldSize}`
    return [bad('truncated', `the stream ends ${this.#held.length} bytes into a frame; ${due}`)]
  }

  /** Goes on with the frame that is held; gives how many bytes of the chunk it took. */
  #resume(chunk: Uint8Array, items: Item<F>[]): number {
    const held = this.#held
    let at = 0
    while (this.#heldSize === UNKNOWN && at < chunk.length) {
      held.append(chunk, at, at + 1)
      at += 1
      this.#heldSize = this.#layout.sizeAt(held.bytes, 0, held.length)
    }
    if (this.#heldSize === REFUSED) this.#give(this.#layout.refusal(held.bytes, 0), items)
    if (this.#heldSize <= 0) return at
    const to = Math.min(chunk.length, at + this.#heldSize - held.length)
    held.append(chunk, at, to)
    if (held.length === this.#heldSize) {
      this.#heldSize = UNKNOWN
      const frame = held.take()
      this.#give(this.#judge(frame, 0, frame.length), items)
    }
    return to
  }

  /** Gives where the whole frames end. */
  #readWholeFrames(chunk: Uint8Array, from: number, items: Item<F>[]): number {
    const to = this.#endOfWholeFrames(chunk, from)
    if (to === from) return to
    const own = copyOf(chunk, from, to)
    for (let start = 0; start < own.length && !this.#over; ) {
      const end = start + this.#layout.sizeAt(own, start, own.length)
      this.#give(this.#judge(own, start, end), items)
      start = end
    }
    return to
  }

  #endOfWholeFrames(chunk: Uint8Array, from: number): number {
    let end = from
    while (end < chunk.length) {
      const size = this.#layout.sizeAt(chunk, end, chunk.length)
      if (size <= 0 || end + size > chunk.length) break
      end += size
    }
    return end
  }

  /** Holds the beginning of a frame, unless it can be refused already. */
  #begin(chunk: Uint8Array, from: number, items: Item<F>[]): void {
    this.#heldSize = this.#layout.sizeAt(chunk, from, chunk.length)
    if (this.#heldSize === REFUSED) this.#give(this.#layout.refusal(chunk, from), items)
    else this.#held.append(chunk, from, chunk.length)
  }

  #judge(bytes: Uint8Array, start: number, end: number): Item<F> {
    const { trailer } = this.#layout
    const dataStart = start + this.#layout.headSizeAt(bytes, start)
    const dataEnd = end - trailer.size
    const due = trailer.due(bytes, start, dataStart, dataEnd)
    const read = trailer.read(bytes, dataEnd)
    if (read === due) return { is: 'frame', frame: this.#frameOf(bytes, start, dataStart, dataEnd) }
    return bad('checksum', `the checksum is ${hex(read, trailer.size)}, but the bytes give ${hex(due, trailer.size)}`)
  }

  #give(item: Item<F>, items: Item<F>[]): void {
    items.push(item)
    if (item.is === 'frame') return
    this.#over = true
    this.#held.clear()
  }
}

function hex(value: number, width: number): string {
  return `0x${value.toString(16).padStart(2 * width, '0')}`
}
