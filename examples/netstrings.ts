// A protocol with a codec of its own: netstrings ("5:hello,"), which the server sends back.
//
//     npx tornwire fuzz 127.0.0.1:7000 --protocol examples/netstrings.ts

import { type Codec, defineProtocol, type Item } from 'tornwire'

const encode = (text: string): Uint8Array => Buffer.from(`${Buffer.byteLength(text)}:${text},`)

const codec: Codec<string> = {
  counts: 'frames',
  encode,
  fields: (bytes) => {
    const data = bytes.indexOf(0x3a) + 1
    return [
      { part: 'length', start: 0, end: data },
      { part: 'data', start: data, end: bytes.length - 1 },
      { part: 'delimiter', start: bytes.length - 1, end: bytes.length },
    ]
  },
  decoder: () => {
    let held = Buffer.alloc(0)
    return {
      push: (chunk) => {
        const items: Item<string>[] = []
        held = Buffer.concat([held, chunk])
        for (
          let match = /^(\d+):/.exec(held.toString('latin1'));
          match !== null;
          match = /^(\d+):/.exec(held.toString('latin1'))
        ) {
          const end = match[0].length + Number(match[1])
          if (held.length <= end) break
          items.push({ is: 'frame', frame: held.toString('utf8', match[0].length, end) })
          held = held.subarray(end + 1)
        }
        return items
      },
      end: () =>
        held.length > 0 ? [{ is: 'bad', kind: 'truncated', detail: 'the stream ends inside a netstring' }] : [],
    }
  },
}

export default defineProtocol<string>({
  name: 'netstrings',
  codec,
  samples: ['', 'hello', 'žluťoučký kůň', 'x'.repeat(300)],
  model: ({ frames, ended }) => ({ answers: frames, end: ended ? 'fin' : 'open' }),
})
