import { rawCodec } from '../../src/codec/raw.ts'
import { pickSize } from '../../src/harness/generate/sizes.ts'
import type { Protocol } from '../../src/harness/protocol.ts'
import { drawn } from './drawn.ts'
import { makePayload } from './payload.ts'

/** RFC 862: whatever is received is sent back, until the client ends. */
export const echo: Protocol<Uint8Array> = {
  name: 'echo',
  about: 'raw bytes, sent back (RFC 862)',
  codec: rawCodec(),
  frames: drawn((chance) => makePayload(chance, Math.max(1, pickSize(chance, 262_144)))),
  model: ({ frames, ended }) => ({ answers: frames, end: ended ? 'fin' : 'open' }),
}
