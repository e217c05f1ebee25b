import fc from 'fast-check'
import { rawCodec } from './raw.ts'
import { codecSuite } from './testing/codec-suite.ts'
import { bytesOf } from './testing/tearing.ts'

codecSuite('raw bytes', rawCodec(), {
  streams: [
    { title: 'an empty stream', hex: '', items: [] },
    { title: 'one byte', hex: '00', items: [{ frame: bytesOf('00') }] },
    { title: 'bytes of all kinds', hex: '00 0d0a ff d0bf', items: [{ frame: bytesOf('000d0affd0bf') }] },
  ],
  frames: fc.uint8Array(),
  large: new Uint8Array(900).fill(1),
})
