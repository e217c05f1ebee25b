import type { Random } from 'fast-check'
import type { Case } from '../src/harness/case.ts'
import { oneIn } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessage, makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { BadFrame, Protocol } from '../src/harness/protocol.ts'
import { judgeEach } from './judge.ts'
import { endsItself, sends } from './scripts.ts'

/** One property for each kind of malformed message that the protocol knows an answer to. */
export function badFrames(protocol: Protocol): Property[] {
  const kinds = (protocol.bad ?? []).map((bad) => badFrame(protocol, bad))
  const canBeTruncated = protocol.model !== undefined && (protocol.bad ?? []).length > 0
  return canBeTruncated ? [...kinds, truncated(protocol)] : kinds
}

function badFrame(protocol: Protocol, { kind, about, bytes }: BadFrame): Property {
  return property(protocol, kind, about, (chance) => {
    const before = oneIn(chance, 3) ? [] : makeMessages(chance, protocol, 3)
    const after = oneIn(chance, 2) ? [] : makeMessages(chance, protocol, 2)
    return [...before, bytes.generate(chance, undefined).value, ...after]
  })
}

function truncated(protocol: Protocol): Property {
  return property(protocol, 'truncated', 'the client ends its side inside a frame', (chance) => {
    const before = oneIn(chance, 3) ? [] : makeMessages(chance, protocol, 3)
    const last = makeMessage(chance, protocol)
    return [...before, last.subarray(0, chance.nextInt(1, last.length - 1))]
  })
}

function property(
  protocol: Protocol,
  kind: string,
  about: string,
  makeAll: (chance: Random) => readonly Uint8Array[],
): Property {
  return {
    id: `${protocol.name}/bad-${kind}`,
    claim: `A bad stream (${about}) gets its error answer, the good messages before it theirs, and then FIN.`,
    source: `the description of protocol ${protocol.name}`,
    level: 'must',
    cases: () => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol, kind, makeAll(chance))),
    admits: ({ connections }) => connections.every(endsItself),
    check: ([subject], [transcript]) => judgeEach(subject, transcript, protocol, 'answers', 'end'),
  }
}

function makeCase(chance: Random, protocol: Protocol, kind: string, messages: readonly Uint8Array[]): Case {
  const cuts = placeCuts(chance, messages, protocol.codec)
  // A truncated frame shows only with the FIN; the others must be answered before it, or at least with it.
  const waits = kind !== 'truncated' && !oneIn(chance, 3)
  const steps = waits ? [...sends(messages), { do: 'await' } as const] : sends(messages)
  return { connections: [{ steps: [...steps, { do: 'end' }], cuts }], turns: [] }
}
