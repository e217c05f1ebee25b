import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toProtocol } from './protocol-definition.ts'
import { refused } from './testing/refused.ts'

const length = { offset: 0, width: 4, order: 'big' }
const codec = { framing: 'length', length, head: 4 }
const whole = { name: 'mine', codec, samples: ['hello'] }
const framed = (given: object): object => ({ ...whole, codec: given })
const summed = (checksum: object): object => framed({ ...codec, checksum })

it.each(['accepts', 'show'])('a function %s that throws on the answers of the model is a mistake', (name) => {
  const thrown = (): never => {
    throw new TypeError('no such key')
  }
  const model = ({ frames }: { readonly frames: readonly unknown[] }) => ({ answers: frames, end: 'open' })
  refused({ ...whole, model, [name]: thrown }, `on which ${name} throws: no such key`)
})

describe('a mistake in its form is told by field and value:', () => {
  const BYTES = 'a whole number from 0 to 2147483647'
  it.each([
    [undefined, 'the default export must be an object with fields name, about, codec,'],
    [5, '(it is 5)'],
    [{ ...whole, modle: () => ({}) }, "the default export has no field 'modle'; there are: name, about, codec"],
    [{ ...whole, name: undefined }, 'name is missing: it must be of letters, digits, dots, dashes and underscores'],
    [{ ...whole, name: 'a b' }, 'name must be of letters, digits, dots, dashes and underscores (it is "a b")'],
    [{ ...whole, observe: 'a.log' }, 'observe must be a function (it is "a.log")'],
    [{ ...whole, properties: [] }, 'properties must be a list of properties'],
    [{ ...whole, properties: [{ id: 'stored' }] }, 'properties.0.id must be an address such as my-protocol/stored'],
    [
      { ...whole, properties: [{ id: 'mine/stored', level: 'MUST' }] },
      `properties.0.level must be one of 'must', 'should' (it is "MUST")`,
    ],
    [{ ...whole, about: 7 }, 'about must be some text (it is 7)'],
    [{ ...whole, codec: undefined }, 'codec is missing: it must be a declaration'],
    [{ ...whole, codec: null }, 'codec must be a declaration ({ framing: …, … }) or a codec'],
    [
      framed({ encode: () => 1 }),
      'codec must be a declaration ({ framing: …, … }) or a codec (counts, encode, decoder, fields)',
    ],
    [
      framed({ framing: 'lenght' }),
      `codec.framing must be one of 'length', 'varint', 'delimiter', 'fixed' (it is "lenght")`,
    ],
    [framed({ framing: 'constructor' }), 'codec.framing must be one of'],
    [
      framed({ framing: 'length', head: 4 }),
      'codec.length is missing: it must be an object with fields offset, width, order',
    ],
    [framed({ ...codec, lenght: 4 }), "codec has no field 'lenght'; there are: framing, length, head, limit, checksum"],
    [framed({ ...codec, head: undefined }), `codec.head is missing: it must be ${BYTES}`],
    [framed({ ...codec, limit: -1 }), `codec.limit must be ${BYTES} (it is -1)`],
    [
      framed({ ...codec, length: { ...length, width: '4' } }),
      'codec.length.width must be a whole number from 1 to 8 (it is "4")',
    ],
    [
      framed({ ...codec, length: { ...length, order: 'middle' } }),
      `codec.length.order must be one of 'big', 'little' (it is "middle")`,
    ],
    [
      framed({ ...codec, length: { ...length, counts: 'all' } }),
      "codec.length.counts must be one of 'data', 'frame', 'after'",
    ],
    [
      framed({ ...codec, length: { ...length, adjust: 0.5 } }),
      'codec.length.adjust must be a whole number (it is 0.5)',
    ],
    [framed({ ...codec, head: 2 }), 'codec contradicts itself: head must be a whole number of bytes from 4'],
    [
      summed({ algorithm: 'crc64', width: 4, order: 'big', covers: 'data' }),
      "codec.checksum.algorithm must be one of 'crc32',",
    ],
    [
      summed({ algorithm: 'crc32', width: 7, order: 'big', covers: 'data' }),
      'codec.checksum.width must be a whole number from 1 to 6 (it is 7)',
    ],
    [
      summed({ algorithm: 'crc32', width: 4, order: 'big' }),
      "codec.checksum.covers is missing: it must be one of 'head+data', 'data'",
    ],
    [framed({ framing: 'varint' }), "codec.flavour is missing: it must be one of 'leb128'"],
    [
      framed({ framing: 'delimiter', delimiter: '' }),
      'codec.delimiter must be text or bytes, or a list of them, none of them empty (it is "")',
    ],
    [framed({ framing: 'delimiter', delimiter: ['\n', 10] }), 'codec.delimiter must be text or bytes'],
    [framed({ framing: 'delimiter', delimiter: ['a', 'ab'] }), 'codec contradicts itself: '],
    [framed({ framing: 'fixed', size: 0 }), 'codec.size must be a whole number from 1 to 2147483647 (it is 0)'],
    [framed({ framing: 'fixed', size: 4, checksum: {} }), "codec has no field 'checksum'; there are: framing, size"],
    [{ ...whole, answerCodec: { framing: 'fixed' } }, 'answerCodec.size is missing'],
    [
      { ...whole, samples: undefined },
      'samples is missing: it must be a list of frames, unless frames is an arbitrary',
    ],
    [{ ...whole, samples: [] }, 'samples must be a list of one frame at least (it is [])'],
    [{ ...whole, samples: 'hello' }, 'samples must be a list of one frame at least (it is "hello")'],
    [{ ...whole, frames: () => 1 }, 'frames must be a fast-check arbitrary (it is a function)'],
    [{ ...whole, model: 'echo' }, 'model must be a function (it is "echo")'],
    [{ ...whole, accepts: true }, 'accepts must be a function (it is true)'],
    [{ ...whole, show: {} }, 'show must be a function (it is {})'],
    [{ ...whole, idleMs: 99 }, 'idleMs must be a whole number from 100 to 240000 (it is 99)'],
    [{ ...whole, idleMs: '30s' }, 'idleMs must be a whole number from 100 to 240000 (it is "30s")'],
    [{ ...whole, bad: {} }, 'bad must be a list of malformed messages'],
    [
      { ...whole, bad: [{ kind: 'Bad One', about: 'x', bytes: fc.uint8Array() }] },
      'bad.0.kind must be of small letters, digits and dashes (it is "Bad One")',
    ],
    [
      { ...whole, bad: [{ kind: 'one', about: '', bytes: fc.uint8Array() }] },
      'bad.0.about must be some text (it is "")',
    ],
    [
      { ...whole, bad: [{ kind: 'one', about: 'x', bytes: [1] }] },
      'bad.0.bytes must be a fast-check arbitrary (it is [1])',
    ],
  ])('%j: %s', (definition, message) => refused(definition, message))

  it('tells all mistakes at once, a line for each', () => {
    const definition = { name: 'a b', codec: { framing: 'fixed' }, samples: [] }
    expect(() => toProtocol(definition)).toThrow(/^name .*\ncodec\.size .*\nsamples .*$/)
  })
})
