import { pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import { pipelined } from './scripts.ts'

/** A server that stops and starts again is there at once. */
export const restart: Property = {
  id: 'any/restart',
  claim:
    'A server that is ended while clients are connected listens on the same address when it is started again at once.',
  source:
    'RFC 9293 section 3.6.1: who ends first waits in TIME-WAIT; socket(7): SO_REUSEADDR lets a server bind meanwhile',
  // No RFC asks for it: the address is free again after a minute or more.
  level: 'should',
  // Each is an end and a start of the server.
  weight: 200,
  looksAt: 'restart',
  oneAtATime: true,
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const connections = Array.from({ length: pick(chance, [1, 2]) }, () => ({
        steps: pipelined(makeMessages(chance, protocol, 2)),
        cuts: [],
      }))
      return { connections, turns: [] }
    }),
  check: (_, [transcript]) => {
    const { restarted } = transcript ?? {}
    if (restarted === undefined)
      return { is: 'inconclusive', why: 'the server was not ended while a client was connected' }
    if (restarted.up) return { is: 'pass' }
    return {
      is: 'fail',
      rule: 'not-again',
      expected: 'the server listens again',
      actual: `started twice after it had ended, it did not: ${(restarted.trouble ?? 'nobody knows why').replaceAll(/\s+/g, ' ')}`,
    }
  },
}
