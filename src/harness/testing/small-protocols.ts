import { type Frame, frameCodec } from '../../codec/frame.ts'
import { type Line, linesCodec } from '../../codec/lines.ts'
import { rawCodec } from '../../codec/raw.ts'
import type { Protocol } from '../protocol.ts'

/** Raw bytes, sent back. */
export const echoed: Protocol<Uint8Array> = {
  name: 'echoed',
  codec: rawCodec(),
  samples: [Uint8Array.of(0x61)],
  model: ({ frames, ended }) => ({ answers: frames, end: ended ? 'fin' : 'open' }),
}

/** Lines, sent back. */
export const echoedLines: Protocol<Line> = {
  name: 'echoed-lines',
  codec: linesCodec(),
  samples: [{ text: Buffer.from('hello'), ending: '\n' }],
  model: ({ frames, ended }) => ({ answers: frames, end: ended ? 'fin' : 'open' }),
}

/** Frames with a length and a checksum, sent back. */
export const echoedFrames: Protocol<Frame> = {
  name: 'echoed-frames',
  codec: frameCodec(),
  samples: [{ type: 1, data: Buffer.from('hello') }],
  model: ({ frames, ended }) => ({ answers: frames, end: ended ? 'fin' : 'open' }),
}

/** Raw bytes; nothing is known of the answers. */
export const unknown: Protocol<Uint8Array> = {
  name: 'unknown',
  codec: rawCodec(),
  samples: [Uint8Array.of(0x61)],
}
