import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import { BUSY } from '../src/harness/idle-cpu.ts'
import type { Property } from '../src/harness/property.ts'
import { POLLS } from '../src/harness/sight.ts'
import { disconnected } from './disconnect.ts'
import { pipelined } from './scripts.ts'

/** When all conversations are over, there is nothing to do. */
export const idleCpu: Property = {
  id: 'any/idle-cpu',
  claim: 'When its clients are gone (closed, FIN or RST at any byte), a server comes to rest.',
  source:
    'read(2): 0 is the end of the stream, and is so again at every call; epoll(7): level-triggered events come again',
  // Nobody is answered wrongly, or late, as long as there are CPUs.
  level: 'should',
  weight: 6,
  looksAt: 'cpu',
  oneAtATime: true,
  // One that spins goes on spinning, whatever is played then.
  onFresh: true,
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const connections = Array.from({ length: pick(chance, [1, 1, 2]) }, () =>
        oneIn(chance, 4)
          ? { steps: pipelined(makeMessages(chance, protocol, 2)), cuts: [] }
          : disconnected(chance, protocol),
      )
      return { connections, turns: [] }
    }),
  check: (_, [transcript]) => {
    const { cpu } = transcript ?? {}
    if (cpu === undefined) return { is: 'inconclusive', why: 'the processes of the server cannot be seen' }
    if (cpu.after < BUSY) return { is: 'pass' }
    if (cpu.least >= POLLS)
      return { is: 'inconclusive', why: 'the server was busy before anything was asked of it, and has been ever since' }
    const already = cpu.before < BUSY ? '' : ', as before this case, though not always'
    return {
      is: 'fail',
      rule: 'spins',
      expected: 'the server rests when nobody asks anything of it',
      actual: `it keeps ${Math.round(100 * cpu.after)} % of a CPU busy${already}`,
    }
  },
}
