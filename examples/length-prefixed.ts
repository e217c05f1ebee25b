// A protocol of your own, declared from parts: a two-byte length, a message, and an echo of it.
//
//     npx tornwire fuzz 127.0.0.1:7000 --protocol examples/length-prefixed.ts
//
// Leave `model` out if you cannot say what the answers are: then the claims that need none are still tried.

import { defineProtocol } from 'tornwire'

export default defineProtocol({
  name: 'length-prefixed',
  // What a frame looks like. Also: { framing: 'varint' }, { framing: 'delimiter', delimiter: '\r\n' }, { framing: 'fixed' }.
  codec: {
    framing: 'length',
    length: { offset: 0, width: 2, order: 'big', counts: 'data' },
    head: 2,
    limit: 65_535,
  },
  // What clients say: text, bytes, or { head, data }.
  samples: ['', 'a', 'hello', 'žluťoučký kůň', new Uint8Array(300).fill(0x2a)],
  // What is due to a client that has said this much: here, every frame comes back, and FIN after FIN.
  model: ({ frames, ended }) => ({ answers: frames, end: ended ? 'fin' : 'open' }),
})
