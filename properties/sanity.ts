import type { Random } from 'fast-check'
import type { Case } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessage } from '../src/harness/generate/messages.ts'
import { due } from '../src/harness/hear.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { inWords, judgeEach } from './judge.ts'
import { lockstep } from './scripts.ts'
import { FRESH_CLIENT, judgeThenFresh } from './udp/fresh-client.ts'

const MESSAGES = 3
/** Bytes of a plain message at the most. */
const SMALL = 200

/**
 * The plain conversation: a few small messages, one at a time, uncut. What a server that speaks the protocol at all can
 * do; it stands before and after every property.
 */
export const sanity: Property = {
  id: 'any/sanity',
  claim: 'A plain conversation, one small message at a time, is answered.',
  source: 'the model of the protocol',
  level: 'must',
  cases: (protocol) => new CaseArbitrary(protocol.codec, () => plainCase(protocol)),
  check: (plays, transcripts, protocol) => {
    if (protocol.transport === 'udp') return judgeThenFresh(plays, transcripts)
    const [[subject], [transcript]] = [plays, transcripts]
    const verdict = judgeEach(subject, transcript, protocol, 'sanity')
    const account = transcript?.connections[0]
    if (verdict.is !== 'pass' || protocol.model !== undefined || account === undefined) return verdict
    if (account.ending === 'open' || account.ending === 'fin') return verdict
    return { is: 'fail', rule: 'sanity', expected: 'a conversation without errors', actual: inWords(account.ending) }
  },
}

function plainCase(protocol: Protocol): Case {
  if (protocol.transport === 'udp') return FRESH_CLIENT
  return { connections: [{ steps: lockstep(plainMessages(protocol)), cuts: [] }], turns: [] }
}

/** Small messages after which the connection stays open; the same ones in every run. */
function plainMessages(protocol: Protocol): Uint8Array[] {
  const messages: Uint8Array[] = []
  for (let draw = 0; messages.length < MESSAGES && draw < 200; draw++) {
    const message = plainMessage(chanceFor(0, 'sanity', draw), protocol)
    if (message !== undefined) messages.push(message)
  }
  return messages.length > 0 ? messages : [makeMessage(chanceFor(0, 'sanity', 0), protocol)]
}

function plainMessage(chance: Random, protocol: Protocol): Uint8Array | undefined {
  const message = makeMessage(chance, protocol)
  if (message.length > SMALL) return undefined
  const reply = due(protocol, message, false)
  return reply === undefined || (reply.end !== 'fin' && reply.answers.length > 0) ? message : undefined
}
