// From bytes to meaning, on both sides of a connection: what the server has heard, what is due to it, and how much of
// what is due has come.

import type { Codec, Decoder, Item } from '../codec/codec.ts'
import type { Heard, Protocol, Reply } from './protocol.ts'
import { ShortMemory } from './short-memory.ts'

/** What a server has heard from a client that has sent these bytes and, perhaps, its FIN. */
export function hear<F>(codec: Codec<F>, bytes: Uint8Array, ended: boolean): Heard<F> {
  const before = heardBefore.get(bytes)
  if (before?.codec === codec && before.heard.ended === ended) return before.heard as Heard<F>
  const decoder = codec.decoder()
  const items = decoder.push(bytes)
  const heard = gather(ended ? items.concat(decoder.end()) : items, ended)
  heardBefore.set(bytes, { codec, heard })
  return heard
}

/**
 * The same bytes are heard when a case is planned and again when it is judged, and answers are counted as they come
 * before they are judged. To decode costs more than all the rest of judging.
 */
const heardBefore = new ShortMemory<Uint8Array, { readonly codec: unknown; readonly heard: Heard<unknown> }>()

function gather<F>(items: readonly Item<F>[], ended: boolean): Heard<F> {
  const frames: F[] = []
  for (const item of items) {
    if (item.is === 'bad') return { frames, bad: { kind: item.kind, detail: item.detail }, ended }
    frames.push(item.frame)
  }
  return { frames, ended }
}

/** What is due to that client, or `undefined` where the protocol has no model. */
export function due<F>(protocol: Protocol<F>, bytes: Uint8Array, ended: boolean): Reply<F> | undefined {
  return protocol.model?.(hear(protocol.codec, bytes, ended))
}

/** The framing of the server's answers. */
export function answerCodec<F>(protocol: Protocol<F>): Codec<F> {
  return protocol.answerCodec ?? protocol.codec
}

/** How many units these answers are: frames, or bytes where the codec knows no frames. */
export function unitsOf<F>(codec: Codec<F>, answers: readonly F[]): number {
  if (codec.counts === 'frames') return answers.length
  return answers.reduce((total, answer) => total + codec.encode(answer).length, 0)
}

/** Counts what comes on one connection, chunk by chunk. */
export interface Meter {
  /** Units so far. A stream that goes bad counts no further. */
  readonly units: number
  push(chunk: Uint8Array): void
  /** These are all the bytes that were pushed: what they mean need not be found out again. */
  remember(bytes: Uint8Array): void
}

export function meter<F>(codec: Codec<F>): Meter {
  return codec.counts === 'bytes' ? new ByteMeter() : new FrameMeter(codec)
}

class ByteMeter implements Meter {
  units = 0

  push(chunk: Uint8Array): void {
    this.units += chunk.length
  }

  remember(): void {}
}

class FrameMeter<F> implements Meter {
  readonly #codec: Codec<F>
  readonly #decoder: Decoder<F>
  readonly #frames: F[] = []
  #bad: Heard<F>['bad']

  constructor(codec: Codec<F>) {
    this.#codec = codec
    this.#decoder = codec.decoder()
  }

  get units(): number {
    return this.#frames.length
  }

  push(chunk: Uint8Array): void {
    for (const item of this.#decoder.push(chunk)) {
      if (item.is === 'frame') this.#frames.push(item.frame)
      else this.#bad = { kind: item.kind, detail: item.detail }
    }
  }

  remember(bytes: Uint8Array): void {
    const heard = { frames: this.#frames, ended: false, ...(this.#bad === undefined ? {} : { bad: this.#bad }) }
    heardBefore.set(bytes, { codec: this.#codec, heard })
  }
}
