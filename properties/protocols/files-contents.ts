// What stands in the directory after a play. Each file must be what some order of the operations leaves that agrees with
// their answers; of what was not answered, with or without it. A name is as good as unique to its case. Since a case is
// played several times, a name is overwritten first: what it was before does not matter then.

import type { Random } from 'fast-check'
import { frameCodec } from '../../src/codec/frame.ts'
import { type Case, type Script, type Step, sentBytes } from '../../src/harness/case.ts'
import { oneIn, pick } from '../../src/harness/chance.ts'
import { CaseArbitrary } from '../../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../../src/harness/generate/cuts.ts'
import { hear } from '../../src/harness/hear.ts'
import type { Failure, Property, Verdict } from '../../src/harness/property.ts'
import type { Protocol } from '../../src/harness/protocol.ts'
import type { Account, Transcript } from '../../src/harness/transcript.ts'
import { ownTrouble } from '../judge.ts'
import { endsItself, pipelined, sends } from '../scripts.ts'
import { type How, makeName, PUT, partsOf, putFrame } from './files-frames.ts'
import { explains, type Operation } from './files-order.ts'
import { isEscape, type Trace, tracesIn } from './files-watch.ts'
import { makePayload } from './payload.ts'

export const contents: Property = {
  id: 'files/contents',
  claim:
    'A file holds what was stored, whole and in some order; what is interrupted or refused changes nothing anywhere.',
  source: 'the description of protocol files (files.md)',
  level: 'must',
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  // The last ends its side and reads to the end: what the others did has reached the server by then.
  admits: ({ connections }) => connections.slice(-1).every(endsItself) && connections.every(isGone),
  check: ([subject], [transcript]) => judge(subject, transcript),
}

function makeCase(chance: Random, protocol: Protocol): Case {
  const names = Array.from({ length: pick(chance, [1, 1, 2]) }, () => makeName(chance, 24))
  const others = Array.from({ length: pick(chance, [0, 0, 1, 1, 2]) }, () => writer(chance, protocol, names))
  const last = writer(chance, protocol, names, { do: 'end' })
  const turns = Array.from({ length: chance.nextInt(0, 8) }, () => chance.nextInt(0, others.length))
  return { connections: [...others, last], turns }
}

/** Overwrites a name, writes to it once or twice more, perhaps not to the end, and is gone. */
function writer(chance: Random, protocol: Protocol, names: readonly Uint8Array[], end?: Step): Script {
  const name = pick(chance, names)
  const put = (how: How): Uint8Array =>
    protocol.codec.encode(putFrame(how, name, makePayload(chance, oneIn(chance, 8) ? 3_000 : chance.nextInt(8, 30))))
  const more = Array.from({ length: chance.nextInt(0, 2) }, () => put(pick(chance, ['c', 'a', 'o'])))
  const refused = oneIn(chance, 4) ? [pick(chance, protocol.bad ?? []).bytes.generate(chance, undefined).value] : []
  const messages = [put('o'), ...more, ...refused]
  const whole = put(pick(chance, ['a', 'o', 'o']))
  const half = oneIn(chance, 2) ? [whole.subarray(0, cutIn(chance, whole.length))] : []
  const gone: Step = end ?? { do: oneIn(chance, 2) ? 'end' : 'reset' }
  const steps = [...pipelined(messages), ...sends(half), gone]
  return { steps, cuts: placeCuts(chance, [...messages, ...half], protocol.codec) }
}

/** In the head of a PUT, or in its content: halves of two to one name are told apart by nothing before that. */
function cutIn(chance: Random, size: number): number {
  const [beforeName, content] = [8, 5 + 2 + 24]
  return oneIn(chance, 3) ? chance.nextInt(1, beforeName) : chance.nextInt(content + 4, size - 1)
}

function isGone({ steps }: Script): boolean {
  const last = steps.at(-1)?.do
  return last === 'end' || last === 'reset'
}

function judge(subject: Case | undefined, transcript: Transcript | undefined): Verdict {
  if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
  const { connections, observed, unobserved = 'nobody looked at the directory' } = transcript
  if (observed === undefined) return { is: 'inconclusive', why: unobserved }
  const traces = tracesIn(observed)
  const misplaced = traces.find(isEscape)
  if (misplaced !== undefined) return failure('refused', 'a name that is refused is nowhere', JSON.stringify(misplaced))
  const queues = subject.connections.map((script, on) => operationsOf(script, connections[on] as Account))
  for (const trace of traces) {
    const own = queues.map((queue) => queue.filter(({ name }) => name === trace.name))
    if (!explains(own, trace.before, trace.after)) return unexplained(own.flat(), trace)
  }
  const trouble = ownTrouble(connections)
  return trouble === undefined ? { is: 'pass' } : { is: 'inconclusive', why: trouble }
}

function unexplained(operations: readonly Operation[], { name, after }: Trace): Failure {
  const stored = operations.filter(({ answer }) => answer === 'stored').length
  const shown = after === undefined ? 'there is no such file' : JSON.stringify(after.slice(0, 200))
  const size = after === undefined ? '' : `${after.length} bytes: `
  const expected = `${JSON.stringify(name)} holds what ${stored} stored operations leave, in some order`
  return failure('contents', expected, `${size}${shown}`)
}

const codec = frameCodec()

function operationsOf(script: Script, { received }: Account): Operation[] {
  const answers = hear(codec, received, false).frames
  return hear(codec, sentBytes(script), false).frames.flatMap((frame, at) => {
    const parts = frame.type === PUT ? partsOf(frame) : undefined
    if (parts === undefined) return []
    const type = answers[at]?.type
    const answer = type === undefined ? 'none' : type === 0x31 ? 'stored' : type === 0x32 ? 'exists' : 'refused'
    return [{ how: parts.how, name: Buffer.from(parts.name).toString(), content: latin1(parts.content), answer }]
  })
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

function failure(rule: string, expected: string, actual: string): Failure {
  return { is: 'fail', rule, expected, actual }
}
