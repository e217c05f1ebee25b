import { type Line, linesCodec } from '../../src/codec/lines.ts'
import { oneIn } from '../../src/harness/chance.ts'
import { pickSize } from '../../src/harness/generate/sizes.ts'
import type { Protocol } from '../../src/harness/protocol.ts'
import { drawn } from './drawn.ts'
import { makePayload, makeText } from './payload.ts'

const LIMIT = 65_536
/** Some readers of lines count an ending of two bytes among those of the line: no page says that they are wrong. */
const LONGEST = LIMIT - 1

/** Lines ending with \n or \r\n; each is answered by the same line with the same ending. */
export const lines: Protocol<Line> = {
  name: 'lines',
  about: 'lines ending with \\n or \\r\\n, each sent back as it came',
  codec: linesCodec({ limit: LIMIT }),
  frames: drawn((chance) => {
    const size = pickSize(chance, LONGEST)
    // Text, and now and then bytes that are none; neither may hold a line feed, nor end with a carriage return.
    const text = oneIn(chance, 8) ? makePayload(chance, size) : Buffer.from(makeText(chance, size))
    return { text: withoutBreaks(text), ending: oneIn(chance, 2) ? '\n' : '\r\n' }
  }),
  model: ({ frames, bad, ended }) => ({
    answers: frames,
    end: ended || bad?.kind === 'oversize' ? 'fin' : 'open',
    // An unfinished last line: servers differ, and nothing says which is right.
    unspecified: bad?.kind === 'truncated',
  }),
  show: ({ text, ending }) =>
    `${JSON.stringify(Buffer.from(text.subarray(0, 24)).toString('latin1'))}${text.length > 24 ? '…' : ''} ${JSON.stringify(ending)}`,
}

function withoutBreaks(text: Uint8Array): Uint8Array {
  return text.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x2e : byte))
}
