import type { Planted } from './planted.ts'
import { bytesOf } from './talk.ts'

/** In the protocols whose messages have no header. */
export const IN_STREAMS: readonly Planted[] = [
  {
    name: 'utf8-per-chunk',
    protocol: 'upper',
    talk: (address) => bytesOf(address, Buffer.from('при').subarray(0, 3), Buffer.from('при').subarray(3)),
    right: 'ПРИ',
    wrong: 'П\ufffd\ufffdИ',
  },
  {
    name: 'crlf-split',
    protocol: 'lines',
    talk: (address) => bytesOf(address, 'a\r', '\nb\r\n'),
    right: 'a\r\nb\r\n',
    wrong: 'a\r\n\nb\r\n',
  },
  {
    name: 'fixed-buffer',
    protocol: 'echo',
    talk: async (address) => (await bytesOf(address, Buffer.alloc(4100, 'echo'))).length,
    right: 4100,
    wrong: 4096,
  },
]
