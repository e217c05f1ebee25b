import type { Decoder } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import { frameBytes } from './frame-bytes.ts'

/** Knows how many bytes of an unfinished frame it has. */
export class MeasuringDecoder implements Decoder<Frame> {
  begun = 0
  readonly #right: Decoder<Frame>

  constructor(right: Decoder<Frame>) {
    this.#right = right
  }

  push(chunk: Uint8Array) {
    const items = this.#right.push(chunk)
    this.begun = items.at(-1)?.is === 'bad' ? 0 : this.begun + chunk.length - frameBytes(items)
    return items
  }

  end() {
    return this.#right.end()
  }
}
