import { describe, expect, it } from 'vitest'
import type { Codec } from '../../codec/codec.ts'
import { frameCodec } from '../../codec/frame.ts'
import { linesCodec } from '../../codec/lines.ts'
import { rawCodec } from '../../codec/raw.ts'
import { textCodec } from '../../codec/text.ts'
import { chanceFor } from '../chance.ts'
import { placeCuts } from './cuts.ts'

const DRAWS = 600
const text = 'aé€🙂 plain text ж'
const frames = frameCodec()
const lines = linesCodec()
const framed = [text, 'second'].map((data) => frames.encode({ type: 1, data: Buffer.from(data) }))
const lined = [text, 'b'].map((line) => lines.encode({ text: Buffer.from(line), ending: '\r\n' }))
const [first] = framed as [Uint8Array]

/** One place to tear, and whether this offset of the stream is there. */
type Place = readonly [
  name: string,
  messages: readonly Uint8Array[],
  codec: Codec<unknown>,
  is: (offset: number) => boolean,
]

const inside = (start: number, end: number) => (offset: number) => offset > start && offset < end
const at = (place: number) => (offset: number) => offset === place
const within = (bytes: Uint8Array, from: number) => (offset: number) =>
  offset > from && offset < from + bytes.length && ((bytes[offset - from] as number) & 0xc0) === 0x80

describe('cuts fall', () => {
  it.each<Place>([
    ['inside the length of a frame', framed, frames, inside(0, 4)],
    ['inside the length of a later frame', framed, frames, inside(first.length, first.length + 4)],
    ['between length and type', framed, frames, at(4)],
    ['between header and data', framed, frames, at(5)],
    ['inside the data', framed, frames, inside(5, first.length - 4)],
    ['inside a character of the data', framed, frames, within(Buffer.from(text), 5)],
    ['between data and checksum', framed, frames, at(first.length - 4)],
    ['before the last byte of the checksum', framed, frames, at(first.length - 1)],
    ['between two messages', framed, frames, at(first.length)],
    [
      'behind the last byte, before what ends the connection',
      framed,
      frames,
      at(first.length + (framed[1]?.length ?? 0)),
    ],
    ['inside \\r\\n', lined, lines, at((lined[0]?.length ?? 0) - 1)],
    ['before \\r\\n', lined, lines, at((lined[0]?.length ?? 0) - 2)],
    ['inside a character of a line', lined, lines, within(Buffer.from(text), 0)],
    ['inside a character of plain text', [Buffer.from(text)], textCodec(), within(Buffer.from(text), 0)],
    ['inside a character of raw bytes', [Buffer.from(text)], rawCodec(), within(Buffer.from(text), 0)],
  ])('%s, in one case of eight at least', (_, messages, codec, is) => {
    const times = drawn(messages, codec).filter((cuts) => cuts.some(is)).length
    expect(times).toBeGreaterThan(DRAWS / 8)
  })

  it('nowhere in one case of twelve at least', () => {
    const nowhere = drawn(framed, frames).filter((cuts) => cuts.length === 0).length
    expect(nowhere).toBeGreaterThan(DRAWS / 12)
  })
  it('so that a segment holds the end of one message and the beginning of the next', () => {
    const half = drawn([...framed, ...framed], frames).filter((cuts) => {
      const segment = [0, ...cuts].findIndex((from, index) => from < first.length && (cuts[index] ?? 0) > first.length)
      return segment > 0
    })
    expect(half.length).toBeGreaterThan(DRAWS / 20)
  })
  it('at every byte of a short stream', () => {
    const everywhere = drawn([Buffer.from('abcdef')], rawCodec()).filter((cuts) => cuts.length >= 5)
    expect(everywhere.length).toBeGreaterThan(DRAWS / 20)
  })
})

describe('cuts are', () => {
  it.each([
    ['of many messages', Array.from({ length: 120 }, () => first)],
    ['of a large message', [new Uint8Array(300_000)]],
    ['of empty frames', [frames.encode({ type: 1, data: new Uint8Array(0) })]],
    ['of one byte', [Uint8Array.of(1)]],
    ['of bytes that are no frame', [Uint8Array.of(255, 255, 255, 255, 1), Uint8Array.of(0, 0)]],
  ])('in order, once each, within the bytes and not too many: %s', (_, messages) => {
    const total = messages.reduce((sum, { length }) => sum + length, 0)
    for (const cuts of drawn(messages, frames)) {
      expect(cuts).toEqual([...new Set(cuts)].sort((a, b) => a - b))
      expect(cuts.every((cut) => Number.isInteger(cut) && cut >= 1 && cut <= total)).toBe(true)
      expect(cuts.length).toBeLessThanOrEqual(49)
    }
  })
  it('none where nothing is sent', () => {
    expect(drawn([], frames).flat()).toEqual([])
  })
})

function drawn(messages: readonly Uint8Array[], codec: Codec<unknown>): number[][] {
  return Array.from({ length: DRAWS }, (_, index) => placeCuts(chanceFor(1, 'cuts', index), messages, codec))
}
