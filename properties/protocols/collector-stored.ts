// What the collector has stored, read from its file after each play. Lines are as good as unique (a time drawn from a
// hundred years, a metric, a value), so that those of other cases in flight are told apart; only what is no line at all
// cannot be told whose it is. Such a case fails with all that were in flight, and again alone if it is to blame.

import type { Random } from 'fast-check'
import { linesCodec } from '../../src/codec/lines.ts'
import { type Case, type Script, type Step, sentBytes } from '../../src/harness/case.ts'
import { oneIn, pick } from '../../src/harness/chance.ts'
import { CaseArbitrary } from '../../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../../src/harness/generate/cuts.ts'
import { makeMessage, makeMessages } from '../../src/harness/generate/messages.ts'
import { hear } from '../../src/harness/hear.ts'
import type { Failure, Property, Verdict } from '../../src/harness/property.ts'
import type { Protocol } from '../../src/harness/protocol.ts'
import type { Account, Transcript } from '../../src/harness/transcript.ts'
import { ownTrouble } from '../judge.ts'
import { endsItself, pipelined, sends } from '../scripts.ts'
import { isMeasurement } from './measurement.ts'

/** Of several clients at once, some of which are gone in the middle, every acknowledged line is stored, once and whole. */
export const stored: Property = {
  id: 'collector/stored',
  claim: 'Every acknowledged line is stored, once and whole; of a line that is not whole, or is refused, nothing is.',
  source: 'the description of protocol collector (collector.md)',
  level: 'must',
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const others = Array.from({ length: pick(chance, [1, 1, 2, 3]) }, () => sensor(chance, protocol))
      const messages = makeMessages(chance, protocol, 3)
      const last: Script = {
        steps: [...pipelined(messages), { do: 'end' }],
        cuts: placeCuts(chance, messages, protocol.codec),
      }
      const turns = Array.from({ length: chance.nextInt(0, 8) }, () => chance.nextInt(0, others.length))
      return { connections: [...others, last], turns }
    }),
  // The last ends its side and reads to the end: what the others did has reached the server by then.
  admits: ({ connections }) => connections.slice(-1).every(endsItself) && connections.every(knowsAnswers),
  check: ([subject], [transcript]) => judge(subject, transcript),
}

/** A client that sends lines, among them refused ones, and is gone: reset, or by FIN, or inside a line. */
function sensor(chance: Random, protocol: Protocol): Script {
  const messages = makeMessages(chance, protocol, 4)
  const bad = pick(chance, protocol.bad ?? [])
  if (oneIn(chance, 4))
    messages.splice(chance.nextInt(0, messages.length), 0, bad.bytes.generate(chance, undefined).value)
  const half = oneIn(chance, 2) ? [cutOff(chance, makeMessage(chance, protocol))] : []
  const end: Step = { do: oneIn(chance, 2) ? 'end' : 'reset' }
  const before: Step[] = end.do === 'reset' || oneIn(chance, 2) ? pipelined(messages) : sends(messages)
  const steps: Step[] = [...before, ...sends(half), end]
  return { steps, cuts: placeCuts(chance, [...messages, ...half], protocol.codec) }
}

/** It ends itself or resets; before it resets, it has waited for the answers to its lines: whether one that is on its way comes first is chance. */
function knowsAnswers({ steps }: Script): boolean {
  const lastLine = steps.findLastIndex((step) => step.do === 'send' && step.bytes.at(-1) === 0x0a)
  if (steps.at(-1)?.do !== 'reset') return endsItself({ steps, cuts: [] })
  return steps.findLastIndex((step) => step.do === 'await') >= lastLine
}

function cutOff(chance: Random, message: Uint8Array): Uint8Array {
  return message.subarray(0, chance.nextInt(1, message.length - 1))
}

function judge(subject: Case | undefined, transcript: Transcript | undefined): Verdict {
  if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
  const { connections, observed, unobserved = 'nobody looked at what was stored' } = transcript
  if (observed === undefined) return { is: 'inconclusive', why: unobserved }
  const there = observed.split('\n').filter((line) => line !== '')
  const wrong =
    subject.connections
      .map((script, on) => lineTrouble(script, connections[on] as Account, there))
      .find((trouble) => trouble !== undefined) ?? noLine(there)
  const trouble = ownTrouble(connections)
  return wrong ?? (trouble === undefined ? { is: 'pass' } : { is: 'inconclusive', why: trouble })
}

/** What is wrong with the lines that one connection has sent. */
function lineTrouble(script: Script, account: Account, there: readonly string[]): Failure | undefined {
  const sent = hear(linesCodec({ limit: 1_024 }), sentBytes(script), false).frames.map(({ text }) => Buffer.from(text))
  const acknowledged = acknowledgedBy(account.received)
  for (const [at, text] of sent.entries()) {
    const line = text.toString()
    const times = there.filter((each) => each === line).length
    const most = sent.filter((each) => each.equals(text)).length
    const what = `line ${at + 1} (${JSON.stringify(line)})`
    if (!isMeasurement(text)) {
      if (times > 0 && line !== '')
        return failure('refused', `${what} is no measurement and not stored`, 'it is stored')
    } else if (times > most) return failure('twice', `${what} is stored once`, `it is stored ${times} times`)
    else if (times === 0 && acknowledged.has(at + 1)) {
      return failure(
        'lost',
        `${what}, which was acknowledged, is stored`,
        `it is not among ${there.length} lines stored`,
      )
    }
    const half = there.find((each) => each !== line && line.startsWith(each) && isMeasurement(Buffer.from(each)))
    if (half !== undefined) return failure('torn', `${what} is stored whole or not at all`, JSON.stringify(half))
  }
  return undefined
}

function noLine(there: readonly string[]): Failure | undefined {
  const torn = there.find((line) => !isMeasurement(Buffer.from(line)))
  if (torn === undefined) return undefined
  return failure('torn', 'whole measurements only are stored', `${JSON.stringify(torn)} is stored`)
}

/** Numbers of the lines to which the server said `ok`. */
function acknowledgedBy(received: Uint8Array): ReadonlySet<number> {
  const answers = Buffer.from(received)
    .toString()
    .matchAll(/^ok (\d+)\n/gm)
  return new Set([...answers].map(([, line]) => Number(line)))
}

function failure(rule: string, expected: string, actual: string): Failure {
  return { is: 'fail', rule, expected, actual }
}
