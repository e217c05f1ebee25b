/** A frame of a framing that is declared from parts. */
export interface PartsFrame {
  /**
   * The bytes before the data. A fixed-width length field among them is filled in when the frame is encoded, whatever
   * stands there. A varint length is left out: these are the bytes before it.
   */
  readonly head: Uint8Array
  readonly data: Uint8Array
}
