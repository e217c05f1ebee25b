// A witness is the last connection of a case: it says little and waits for its answers, while or after others get into
// trouble. It is first played alone. Only what it gets alone and does not get beside the others is the others' doing.

import type { Case } from '../src/harness/case.ts'
import { letterOf } from '../src/harness/counted.ts'
import type { Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account, Transcript } from '../src/harness/transcript.ts'
import { type Fault, inWords, judgeAnswers } from './judge.ts'
import { firstDifference } from './same-answers.ts'
import { waitsForAll } from './scripts.ts'

/** There are others, and the last connection waits for its answers. */
export function hasWitness({ connections }: Case): boolean {
  const last = connections.at(-1)
  return connections.length > 1 && last !== undefined && waitsForAll(last)
}

/** The plays of a case with a witness. */
export function aloneAndTogether(subject: Case): readonly Case[] {
  return [{ connections: subject.connections.slice(-1), turns: [] }, subject]
}

/** Judges the witness by the model, or, without one, by what it got alone. */
export function judgeWitness(
  [, together]: readonly Case[],
  [alone, beside]: readonly Transcript[],
  protocol: Protocol,
  rule: string,
): Verdict {
  const others = (together?.connections.length ?? 1) - 1
  const script = together?.connections[others]
  const [before, account] = [alone?.connections.at(-1), beside?.connections.at(-1)]
  if (script === undefined || before === undefined || account === undefined) {
    return { is: 'inconclusive', why: 'nothing was played' }
  }
  const trouble = before.gaveUp ?? account.gaveUp
  if (trouble !== undefined) return { is: 'inconclusive', why: trouble }
  if (before.ending === 'refused') {
    return { is: 'fail', rule, expected: 'a fresh connection is served', actual: inWords(before.ending) }
  }
  // What already goes wrong alone is another property's to tell.
  if (judgeAnswers(script, before, protocol) !== undefined) return { is: 'pass' }
  const fault = judgeAnswers(script, account, protocol) ?? differenceOf(before, account, protocol)
  if (fault === undefined) return { is: 'pass' }
  return {
    is: 'fail',
    rule,
    expected: `on ${letterOf(others)}, ${fault.expected} (as it got alone)`,
    actual: fault.actual,
  }
}

function differenceOf(alone: Account, beside: Account, protocol: Protocol): Fault | undefined {
  if (protocol.model !== undefined) return undefined
  const difference = firstDifference(alone.received, beside.received, protocol)
  if (difference !== undefined) return { expected: difference.one, actual: difference.other }
  if (alone.ending === beside.ending) return undefined
  return { expected: inWords(alone.ending), actual: inWords(beside.ending) }
}
