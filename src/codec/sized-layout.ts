import type { Trailer } from './checksum.ts'
import type { Field, Item } from './codec.ts'

/** The size of a frame whose length is not there yet. */
export const UNKNOWN = 0
/** The size of a frame that must not be read: too long, or its length makes no sense. */
export const REFUSED = -1

/** Where things lie in a frame that says at its beginning how long it is. A frame begins at `start`. */
export interface SizedLayout {
  /** Bytes of the whole frame as soon as its length is there, else UNKNOWN or REFUSED; `end` is where the bytes end. */
  readonly sizeAt: (bytes: Uint8Array, start: number, end: number) => number
  /** Why it is REFUSED. */
  readonly refusal: (bytes: Uint8Array, start: number) => Item<never>
  /** Bytes before the data, once the length is there. */
  readonly headSizeAt: (bytes: Uint8Array, start: number) => number
  /** The fields before the data, of a frame from byte 0; more than the bytes hold where they are cut short. */
  readonly headFields: (bytes: Uint8Array) => readonly Field[]
  /** Bytes of the head that a PartsFrame keeps. */
  readonly keptHead: number
  /** A whole head for so much data; `like`, an encoded frame, gives the form where the same length has several. */
  readonly headFor: (kept: Uint8Array, dataSize: number, like?: Uint8Array) => Uint8Array
  /** Least and most bytes of data. */
  readonly data: { readonly least: number; readonly most: number }
  readonly trailer: Trailer
}
