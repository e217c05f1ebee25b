// Lines of UTF-8 text that end with LF; each is sent back.
//
//     npx tornwire fuzz 127.0.0.1:7000 --protocol examples/text-lines.ts

import { isUtf8 } from 'node:buffer'
import { defineProtocol } from 'tornwire'

export default defineProtocol({
  name: 'text-lines',
  codec: { framing: 'delimiter', delimiter: '\n' },
  samples: ['a', 'hello', 'žluťoučký kůň', '漢字', '🙂', 'x'.repeat(300)],
  model: ({ frames, bad, ended }) => {
    const wrong = frames.findIndex(({ data }) => !isUtf8(data))
    return {
      answers: wrong === -1 ? frames : frames.slice(0, wrong),
      end: ended ? 'fin' : 'open',
      // What becomes of bytes that are no text, and of a last line without its end, nothing says.
      unspecified: wrong !== -1 || bad?.kind === 'truncated',
    }
  },
})
