// From bytes to meaning, on both sides of a connection: what the server has heard, what is due to it, and how much of
// what is due has come.

import type { Codec, Item } from '../codec/codec.ts'
import type { Heard, Protocol, Reply } from './protocol.ts'

/** What a server has heard from a client that has sent these bytes and, perhaps, its FIN. */
export function hear<F>(codec: Codec<F>, bytes: Uint8Array, ended: boolean): Heard<F> {
  const decoder = codec.decoder()
  const items = decoder.push(bytes)
  return gather(ended ? items.concat(decoder.end()) : items, ended)
}

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

/** Counts the units that have come on one connection, chunk by chunk. A stream that goes bad counts no further. */
export function meter<F>(codec: Codec<F>): (chunk: Uint8Array) => number {
  let total = 0
  if (codec.counts === 'bytes') {
    return (chunk) => {
      total += chunk.length
      return total
    }
  }
  const decoder = codec.decoder()
  return (chunk) => {
    for (const item of decoder.push(chunk)) if (item.is === 'frame') total += 1
    return total
  }
}
