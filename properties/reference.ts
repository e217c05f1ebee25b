import type { Case } from '../src/harness/case.ts'
import type { Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { inWords, judgeAnswers, ownTrouble } from './judge.ts'
import { firstDifference } from './same-answers.ts'

/**
 * Judges connection `on` of the last play: against the model, or, where the protocol has none, against what the same
 * script got when it was played alone (the first play).
 */
export function judgeAgainst(
  plays: readonly Case[],
  transcripts: readonly Transcript[],
  protocol: Protocol,
  on: number,
  rule: string,
): Verdict {
  const script = plays.at(-1)?.connections[on]
  const account = transcripts.at(-1)?.connections[on]
  if (script === undefined || account === undefined) return { is: 'inconclusive', why: 'nothing was played' }
  const trouble = ownTrouble([account])
  if (trouble !== undefined) return { is: 'inconclusive', why: trouble }
  const letter = String.fromCharCode(65 + on)
  const fault = judgeAnswers(script, account, protocol)
  if (fault) {
    return { is: 'fail', rule, expected: `on ${letter}, ${fault.expected}`, actual: fault.actual }
  }
  if (protocol.model !== undefined) return { is: 'pass' }
  const alone = transcripts[0]?.connections[0]
  const difference = alone && firstDifference(alone.received, account.received, protocol)
  if (difference)
    return { is: 'fail', rule, expected: `alone, ${difference.one}`, actual: `on ${letter}, ${difference.other}` }
  if (account.ending === 'refused' || account.ending === 'reset') {
    return { is: 'fail', rule, expected: `${letter} is served`, actual: inWords(account.ending) }
  }
  return { is: 'pass' }
}
