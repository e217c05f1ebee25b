// A witness is the last connection of a case: it says little and waits for its answers, while or after others get into
// trouble. It is first played alone. Only what it gets alone and does not get beside the others is the others' doing.

import type { Case } from '../src/harness/case.ts'
import { letterOf } from '../src/harness/counted.ts'
import type { Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account, Transcript } from '../src/harness/transcript.ts'
import { type Fault, inWords, judgeAnswers, ownTrouble } from './judge.ts'
import { compare } from './same-answers.ts'
import { waitsForAll } from './scripts.ts'

/** There are others, and the last connection waits for its answers. */
export function hasWitness({ connections }: Case): boolean {
  const last = connections.at(-1)
  return connections.length > 1 && last !== undefined && waitsForAll(last)
}

/** The plays of a case with a witness; without a model it is alone twice, for what a server answers may differ by itself. */
export function aloneAndTogether(subject: Case, { model }: Protocol): readonly Case[] {
  const alone = { connections: subject.connections.slice(-1), turns: [] }
  return model === undefined ? [alone, alone, subject] : [alone, subject]
}

/** Judges the witness by the model, or, without one, by what it got alone. */
export function judgeWitness(
  plays: readonly Case[],
  transcripts: readonly Transcript[],
  protocol: Protocol,
  rule: string,
): Verdict {
  const together = plays.at(-1)
  const others = (together?.connections.length ?? 1) - 1
  const script = together?.connections[others]
  const accounts = transcripts.flatMap(({ connections }) => connections.slice(-1))
  const [before, ...again] = accounts.slice(0, -1)
  const account = accounts.at(-1)
  if (script === undefined || before === undefined || account === undefined) {
    return { is: 'inconclusive', why: 'nothing was played' }
  }
  const trouble = ownTrouble(accounts)
  if (trouble !== undefined) return { is: 'inconclusive', why: trouble }
  const isRefused = [before, ...again].some(({ ending }) => ending === 'refused')
  if (isRefused) return { is: 'fail', rule, expected: 'a fresh connection is served', actual: inWords('refused') }
  // What already goes wrong alone is another property's to tell.
  if (judgeAnswers(script, before, protocol) !== undefined) return { is: 'pass' }
  const fault = judgeAnswers(script, account, protocol) ?? unlikeAlone([before, ...again], account, protocol)
  if (fault === undefined) return { is: 'pass' }
  if (typeof fault === 'string') return { is: 'inconclusive', why: fault }
  return {
    is: 'fail',
    rule,
    expected: `on ${letterOf(others)}, ${fault.expected} (as it got alone)`,
    actual: fault.actual,
  }
}

/** What it got otherwise than alone, or why that cannot be told. */
function unlikeAlone(
  alone: readonly [Account, ...Account[]],
  beside: Account,
  protocol: Protocol,
): Fault | string | undefined {
  if (protocol.model !== undefined) return undefined
  const compared = compare(alone, beside, protocol)
  if (compared.is === 'same') return undefined
  if (compared.is === 'unsteady') return compared.why
  return { expected: compared.difference.one, actual: compared.difference.other }
}
