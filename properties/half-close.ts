import type { Case, Script } from '../src/harness/case.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { judgeEach } from './judge.ts'
import { endsItself, sends } from './scripts.ts'
import { shortMessage } from './shortest.ts'

/** A client that has sent everything and ends its side still gets every answer, and then FIN. */
export const halfClose: Property = {
  id: 'any/half-close',
  claim: 'A client that sends and then half-closes at once gets every answer, and then FIN.',
  source: 'RFC 9293 section 3.6: CLOSE means "I have no more data to send", the other side may go on sending',
  level: 'must',
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const messages = makeMessages(chance, protocol, 6)
      const cuts = placeCuts(chance, messages, protocol.codec)
      return { connections: [{ steps: [...sends(messages), { do: 'end' }], cuts }], turns: [] }
    }),
  firsts: [sendsAndEnds],
  admits: ({ connections }) => connections.every(endsItself),
  // Answers that were waited for before the end are not missing because of it.
  explains: ({ connections }, rule) => connections.some(rule === 'answers' ? endsUnanswered : ends),
  check: ([subject], [transcript], protocol) => judgeEach(subject, transcript, protocol, 'answers', 'end'),
}

function sendsAndEnds(protocol: Protocol): Case {
  return { connections: [{ steps: [...sends([shortMessage(protocol)]), { do: 'end' }], cuts: [] }], turns: [] }
}

function ends({ steps }: Script): boolean {
  return steps.some((step) => step.do === 'end')
}

/** It ends its side after something whose answers it has not waited for. */
function endsUnanswered({ steps }: Script): boolean {
  const end = steps.findIndex((step) => step.do === 'end')
  const said = steps.slice(0, Math.max(0, end)).findLast((step) => step.do === 'send' || step.do === 'await')
  return said?.do === 'send'
}
