import fc from 'fast-check'
import { declaredCodec } from './parts.ts'
import { codecSuite } from './testing/codec-suite.ts'
import { part, partsFrames, zeros } from './testing/parts-fixtures.ts'
import { bytesOf } from './testing/tearing.ts'

const noDelimiter = fc.uint8Array({ maxLength: 300, size: 'max' }).map((bytes) => bytes.map((byte) => byte | 0x10))

const crlf = declaredCodec({ framing: 'delimiter', delimiter: '\r\n', limit: 200_000 })
codecSuite('a CRLF delimiter', crlf, {
  streams: [
    { title: 'two lines', hex: '61 0d0a 0d0a', items: [part('', '61'), part('', '')] },
    { title: 'LF and CR alone, which are data', hex: '0a 0d 61 0d0d0a', items: [part('', '0a0d610d')] },
    { title: 'an end inside the delimiter', hex: '61 0d', items: [], end: [{ bad: 'truncated' }] },
  ],
  frames: partsFrames(crlf, 0, noDelimiter),
  unfinished: '61 0d',
  large: { head: zeros(0), data: zeros(200_000) },
})

const several = declaredCodec({ framing: 'delimiter', delimiter: ['xyz', 'yq', bytesOf('00')], limit: 3 })
codecSuite('several delimiters that overlap', several, {
  streams: [
    {
      title: 'each once',
      hex: '61 78797a 62 7971 63 00',
      items: [part('', '61'), part('', '62'), part('', '63')],
      respelt: true,
    },
    { title: 'one begun, another ended', hex: '61 78 7971', items: [part('', '6178')], respelt: true },
    { title: 'one begun in time, another ended too late', hex: '616263 78 79 71', items: [{ bad: 'oversize' }] },
  ],
  frames: partsFrames(several, 0, fc.constantFrom(bytesOf(''), bytesOf('6162'), bytesOf('787978'))),
  unfinished: '616263 7879',
  refusals: [{ title: 'a fourth byte that begins no delimiter', hex: '61626364', kind: 'oversize' }],
  large: { head: zeros(0), data: bytesOf('616263') },
})
