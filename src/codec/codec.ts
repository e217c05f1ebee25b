// What every framing of this project is: a pure translation between frames and bytes, with no I/O and no clock.
//
// A decoder is given the bytes of one direction of one connection, torn anywhere, and gives back what they mean. It
// has three situations: less than a frame, exactly one, more than one; and it must answer the same however the bytes
// were torn. It never throws: a bad stream is a value. It keeps at most one unfinished frame.

/** What a stretch of a frame's bytes is for: the places at which a tear means something. */
export type Part = 'header' | 'length' | 'type' | 'data' | 'checksum' | 'delimiter'

/** One stretch of a frame: bytes `start` (included) to `end` (not included), counted from the frame's first byte. */
export interface Field {
  readonly part: Part
  readonly start: number
  readonly end: number
}

/**
 * What a decoder makes of a stream: a frame, or the point from which it cannot be read.
 * `kind` is a stable word that a model can answer to (`checksum`, `oversize`, `truncated`, …); `detail` is for people.
 * After a bad item a decoder gives nothing more.
 */
export type Item<F> =
  | { readonly is: 'frame'; readonly frame: F }
  | { readonly is: 'bad'; readonly kind: string; readonly detail: string }

/** Reads one direction of one connection. */
export interface Decoder<F> {
  /** The items that are complete with these bytes. The chunk is not kept: what is needed later is copied. */
  push(chunk: Uint8Array): Item<F>[]
  /** The stream ends here (FIN): what is left over is an item too, or nothing is left over. Called once. */
  end(): Item<F>[]
}

/** A framing. */
export interface Codec<F> {
  /**
   * `frames`: each frame counts by itself. `bytes`: there are no message boundaries, an item is merely what was at hand,
   * and only the concatenation of all items means something (raw echo, a stream of text).
   */
  readonly counts: 'frames' | 'bytes'
  encode(frame: F): Uint8Array
  decoder(): Decoder<F>
  /** Where the fields of one encoded frame lie, in order. Of bytes cut short or malformed: the fields that are there. */
  fields(bytes: Uint8Array): readonly Field[]
  /**
   * The same encoded frame with other data, everything else kept: also a wrong checksum stays wrong in the same bits.
   * `undefined` where the bytes are not one whole frame or the codec has no data to exchange. Used to shrink.
   */
  withData?(bytes: Uint8Array, data: Uint8Array): Uint8Array | undefined
}
