import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameCodec } from '../codec/frame.ts'
import { defineProtocol, toProtocol } from './protocol-definition.ts'
import { refused } from './testing/refused.ts'
import { echoed, echoedFrames, echoedLines, unknown } from './testing/small-protocols.ts'

const length = { offset: 0, width: 4, order: 'big' }
const codec = { framing: 'length', length, head: 4 }
const whole = { name: 'mine', codec, samples: ['hello'] }
const framed = (given: object): object => ({ ...whole, codec: given })
const own = { ...whole, codec: frameCodec(), samples: [{ type: 1, data: new Uint8Array(2) }] }

describe('what does not work on its own frames is told by field and value:', () => {
  const model = (reply: unknown) => ({ ...whole, model: () => reply })
  it.each([
    [{ ...whole, samples: ['a', 5] }, 'samples.1 must be text, bytes, or { head, data } of bytes (it is 5)'],
    [{ ...whole, samples: [{ data: 'x' }] }, 'samples.0 must be text, bytes, or { head, data } of bytes'],
    [
      framed({ ...codec, limit: 3 }),
      'samples.0 (it is {"head":"bytes 00000000","data":"bytes 68656c6c6f"}) cannot be encoded: a frame holds 0 to 3',
    ],
    [{ ...whole, samples: undefined, frames: fc.constant(7) }, 'a frame of frames (it is 7) cannot be encoded'],
    [{ ...own, codec: { ...own.codec, encode: () => 'text' } }, 'codec.encode must give bytes; for samples.0'],
    [
      { ...own, codec: { ...own.codec, encode: () => Uint8Array.of(0, 0, 0, 1, 1, 0, 0, 0, 0, 0) } },
      'is not read back by codec.decoder: checksum',
    ],
    [
      { ...own, codec: { ...own.codec, encode: () => Uint8Array.of(0, 0, 0) } },
      'is not read back by codec.decoder: it waits for more bytes',
    ],
    [
      { ...own, codec: { ...own.codec, decoder: broken } },
      'codec.decoder must never throw; on samples.0 (it is {"type":1,"data":"bytes 0000"}) it throws: not yet',
    ],
    [{ ...whole, model: broken }, 'model throws on a client that has said nothing: not yet'],
    [model(undefined), 'model must give { answers: […], end }; on a client that has said nothing it gives undefined'],
    [model({ answers: 'a', end: 'open' }), 'it gives {"answers":"a","end":"open"}'],
    [
      model({ answers: [], end: 'close' }),
      `model must give end 'fin', 'open' or 'either'; on a client that has said nothing it gives "close"`,
    ],
    [
      model({ answers: ['a'], end: 'open' }),
      'model answers a client that has said nothing with "a", which cannot be encoded',
    ],
    [
      {
        ...whole,
        model: ({ frames }: { frames: unknown[] }) => (frames.length > 0 ? {} : { answers: [], end: 'open' }),
      },
      'on samples.0 it gives {}',
    ],
  ])('%# %s', (definition, message) => refused(definition, message))
})

describe('what is right', () => {
  it.each([
    echoed,
    echoedLines,
    echoedFrames,
    unknown,
  ])('of codecs of one’s own is taken as it is: $name', (protocol) => {
    const { codec, samples, ...rest } = toProtocol(protocol)
    expect([Object.keys(rest).sort(), samples]).toEqual([
      Object.keys(protocol)
        .filter((key) => key !== 'codec' && key !== 'samples')
        .sort(),
      protocol.samples,
    ])
    const [sample] = protocol.samples as readonly never[]
    expect([codec.counts, codec.encode(sample)]).toEqual([
      protocol.codec.counts,
      protocol.codec.encode(sample as never),
    ])
  })
  it('may give samples as text, bytes or frames', () => {
    const data = Buffer.from('hi')
    const { samples } = toProtocol({ ...whole, samples: ['hi', data, { head: new Uint8Array(4), data }] })
    const frames = (samples ?? []) as { head: Uint8Array; data: Uint8Array }[]
    expect(frames.map((frame) => [frame.head.length, Buffer.from(frame.data).toString()])).toEqual(
      Array(3).fill([4, 'hi']),
    )
  })
  it.each([
    codec,
    { ...codec, checksum: { algorithm: (bytes: Uint8Array) => bytes.length, width: 1, order: 'big', covers: 'data' } },
    { framing: 'varint', flavour: 'leb128' },
    { framing: 'delimiter', delimiter: '\r\n' },
    { framing: 'delimiter', delimiter: [Uint8Array.of(0), ';'] },
    { framing: 'fixed', size: 5 },
  ])('encodes and reads what it declares: %j', (declaration) => {
    const protocol = toProtocol(defineProtocol(framed(declaration) as never))
    const bytes = protocol.codec.encode(protocol.samples?.[0])
    expect(protocol.codec.decoder().push(bytes)[0]?.is).toBe('frame')
  })
})

function broken(): never {
  throw new Error('not yet')
}
