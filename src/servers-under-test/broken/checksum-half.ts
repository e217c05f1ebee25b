// checksum-range: of the four bytes of the checksum only the last two are compared.

import { crc32 } from 'node:zlib'
import { forgivingDecoder } from './forgiving-checksum.ts'
import { frameServerWith } from './frame-server.ts'

export const checksumHalf = frameServerWith('compares half of the checksum', (_, options) =>
  forgivingDecoder(options, (frame) => {
    const checked = frame.length - 4
    return frame.readUInt16BE(checked + 2) === (crc32(frame.subarray(0, checked)) & 0xffff)
  }),
)
