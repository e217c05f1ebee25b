// Where to tear a stream. By meaning (inside a length, between header and data, before the last byte of a checksum,
// inside a character or a \r\n), at message boundaries, in the middle of messages so that each segment holds the end of
// one and the beginning of the next, byte by byte, anywhere, or nowhere.

import type { Random } from 'fast-check'
import type { Codec, Field } from '../../codec/codec.ts'
import { oneIn, pick } from '../chance.ts'

/** Segments at the most: each cut costs a round of waiting. */
const MOST = 48

/** Ascending offsets, 1 … total, into the concatenation of these messages. */
export function placeCuts(chance: Random, messages: readonly Uint8Array[], codec: Codec<unknown>): number[] {
  const total = messages.reduce((sum, { length }) => sum + length, 0)
  if (total === 0) return []
  const cuts = pick(chance, STYLES)(chance, messages, codec, total)
  if (oneIn(chance, 4)) cuts.push(total)
  return [...new Set(cuts)].filter((cut) => cut >= 1 && cut <= total).sort((a, b) => a - b)
}

type Style = (chance: Random, messages: readonly Uint8Array[], codec: Codec<unknown>, total: number) => number[]

const STYLES: readonly Style[] = [
  nowhere,
  (chance, messages, codec) => byMeaning(chance, messages, codec, 1),
  (chance, messages, codec) => byMeaning(chance, messages, codec, chance.nextInt(2, 6)),
  betweenMessages,
  halfAndHalf,
  byteByByte,
  anywhere,
]

function nowhere(): number[] {
  return []
}

function byMeaning(chance: Random, messages: readonly Uint8Array[], codec: Codec<unknown>, count: number): number[] {
  const starts = messageStarts(messages)
  return Array.from({ length: count }, () => {
    const at = chance.nextInt(0, messages.length - 1)
    const message = messages[at] as Uint8Array
    const fields = codec.fields(message)
    const field = fields.length === 0 ? { start: 0, end: message.length } : pick(chance, fields)
    return (starts[at] as number) + insideField(chance, message, field)
  })
}

/** An offset at the field's start, just within either end, inside a character or \r\n of it, or anywhere in it. */
function insideField(chance: Random, message: Uint8Array, { start, end }: Pick<Field, 'start' | 'end'>): number {
  if (end - start < 2) return start
  const kind = chance.nextInt(0, 4)
  if (kind === 0) return start
  if (kind === 1) return start + 1
  if (kind === 2) return end - 1
  if (kind === 3) return insideCharacter(chance, message, start, end)
  return chance.nextInt(start + 1, end - 1)
}

function insideCharacter(chance: Random, message: Uint8Array, start: number, end: number): number {
  const from = chance.nextInt(start + 1, end - 1)
  for (let at = from; at < Math.min(end, from + 256); at++) {
    const continues = ((message[at] as number) & 0xc0) === 0x80
    const lineFeed = message[at] === 0x0a && message[at - 1] === 0x0d
    if (continues || lineFeed) return at
  }
  return from
}

function betweenMessages(_: Random, messages: readonly Uint8Array[]): number[] {
  return messageStarts(messages).slice(1, MOST)
}

function halfAndHalf(chance: Random, messages: readonly Uint8Array[]): number[] {
  const starts = messageStarts(messages)
  return messages.map((message, at) => (starts[at] as number) + chance.nextInt(0, message.length)).slice(0, MOST)
}

function byteByByte(chance: Random, _: readonly Uint8Array[], __: Codec<unknown>, total: number): number[] {
  const from = total <= MOST ? 0 : chance.nextInt(0, total - MOST)
  return Array.from({ length: Math.min(MOST, total) }, (_, i) => from + i + 1)
}

function anywhere(chance: Random, _: readonly Uint8Array[], __: Codec<unknown>, total: number): number[] {
  return Array.from({ length: chance.nextInt(1, 8) }, () => chance.nextInt(1, total))
}

function messageStarts(messages: readonly Uint8Array[]): number[] {
  let offset = 0
  return messages.map(({ length }) => {
    offset += length
    return offset - length
  })
}
