import { textCodec } from '../../src/codec/text.ts'
import { pickSize } from '../../src/harness/generate/sizes.ts'
import type { Protocol } from '../../src/harness/protocol.ts'
import { drawn } from './drawn.ts'
import { makeText } from './payload.ts'

/** A stream of UTF-8 text; the answer is the same text in upper case. */
export const upper: Protocol<string> = {
  name: 'upper',
  about: 'a stream of UTF-8 text, answered in upper case',
  codec: textCodec(),
  frames: drawn((chance) => makeText(chance, Math.max(1, pickSize(chance, 262_144)))),
  model: ({ frames, bad, ended }) => ({
    answers: [frames.join('').toUpperCase()],
    end: ended ? 'fin' : 'open',
    unspecified: bad !== undefined,
  }),
}
