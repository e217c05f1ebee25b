// What throughput is measured with: the work of the yardsticks, as an ordinary property of an ordinary protocol. Eight
// MESSAGE frames of 0 to 256 data bytes in one write, eight answers judged by the model, close.

import { judgeEach } from '../properties/judge.ts'
import { drawn } from '../properties/protocols/drawn.ts'
import { frame } from '../properties/protocols/frame.ts'
import { makePayload } from '../properties/protocols/payload.ts'
import { pipelined } from '../properties/scripts.ts'
import { FRAME_TYPE, type Frame } from '../src/codec/frame.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessage } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'

const FRAMES = 8
const MOST_DATA = 256

/** The frame protocol of which only MESSAGE is said: the yardsticks' server echoes whatever comes. */
export const messagesOnly: Protocol<Frame> = {
  ...frame,
  frames: drawn((chance) => ({
    type: FRAME_TYPE.MESSAGE,
    data: makePayload(chance, chance.nextInt(0, MOST_DATA)),
  })),
}

/** Eight messages in one write, answered in full. */
export const uncut: Property = {
  id: 'bench/uncut',
  claim: 'Eight messages sent in one write are answered, byte for byte and in order.',
  source: 'the work of the yardsticks',
  level: 'must',
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const messages = Array.from({ length: FRAMES }, () => makeMessage(chance, protocol))
      return { connections: [{ steps: pipelined(messages), cuts: [] }], turns: [] }
    }),
  check: ([subject], [transcript], protocol) => judgeEach(subject, transcript, protocol, 'answers'),
}
