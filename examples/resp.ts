// A piece of RESP, the Redis protocol: bulk strings ("$5\r\nhello\r\n"), each sent back.
//
//     npx tornwire fuzz 127.0.0.1:7000 --protocol examples/resp.ts

import { type Codec, defineProtocol, type Item } from 'tornwire'

const headEnd = (bytes: Uint8Array): number => Buffer.from(bytes).indexOf('\r\n') + 2

const codec: Codec<Uint8Array> = {
  counts: 'frames',
  encode: (data) => Buffer.concat([Buffer.from(`$${data.length}\r\n`), data, Buffer.from('\r\n')]),
  fields: (bytes) => {
    const start = headEnd(bytes)
    if (start < 2 || start + 2 > bytes.length) return []
    return [
      { part: 'length', start: 0, end: start },
      { part: 'data', start, end: bytes.length - 2 },
      { part: 'delimiter', start: bytes.length - 2, end: bytes.length },
    ]
  },
  decoder: () => {
    let held = Buffer.alloc(0)
    return {
      push: (chunk) => {
        const items: Item<Uint8Array>[] = []
        held = Buffer.concat([held, chunk])
        for (;;) {
          const start = headEnd(held)
          const head = held.toString('latin1', 0, start < 2 ? held.length : start)
          // Shrinking tries anything: what is no bulk string must be told, and ends the stream.
          if (!(start < 2 ? /^(\$\d{0,9}\r?)?$/ : /^\$\d{1,9}\r\n$/).test(head)) {
            return [...items, { is: 'bad', kind: 'malformed', detail: 'this is no bulk string' }]
          }
          const length = Number(head.slice(1, -2))
          if (start < 2 || held.length < start + length + 2) return items
          items.push({ is: 'frame', frame: held.subarray(start, start + length) })
          held = held.subarray(start + length + 2)
        }
      },
      end: () => (held.length > 0 ? [{ is: 'bad', kind: 'truncated', detail: 'the stream ends inside a string' }] : []),
    }
  },
}

export default defineProtocol<Uint8Array>({
  name: 'resp',
  codec,
  // Half of them as long as one read, 65,536 bytes, more or less, with what stands around the data.
  samples: [0, 1, 100, 65_526, 65_527, 65_527, 65_528].map((size, at) => Buffer.alloc(size, 97 + at)),
  // What a server makes of anything else is not said here.
  model: ({ frames, bad, ended }) => ({
    answers: frames,
    end: bad !== undefined ? 'either' : ended ? 'fin' : 'open',
    unspecified: bad !== undefined,
  }),
})
