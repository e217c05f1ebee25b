import { expect, it } from 'vitest'
import type { Case } from '../case.ts'
import type { Property } from '../property.ts'
import type { FailureResult } from '../result.ts'
import { comesBack } from '../testing/hunting.ts'
import { echoed } from '../testing/small-protocols.ts'
import { alone, awaitAll, end, send } from '../testing/steps.ts'
import type { Trial } from '../trial.ts'
import { explanation } from './explained.ts'

const fails = (rule: string, changed: Partial<Property> = {}): Property => ({
  ...comesBack,
  ...changed,
  check: () => ({ is: 'fail', rule, expected: 'this', actual: 'that' }),
})
const endsOnly = fails('answers', {
  explains: ({ connections }) => connections.some(({ steps }) => steps.some((step) => step.do === 'end')),
})

/** Whether an earlier failure of this property explains one by this rule. */
function explains(property: Property, earlierRule: string, rule: string, subject: Case, plays = 1): boolean {
  const failure = { rule: earlierRule } as FailureResult
  const verdict = { is: 'fail', rule, expected: 'this', actual: 'that' } as const
  const trial: Trial = {
    subject,
    verdict,
    plays: new Array(plays).fill(subject),
    transcripts: new Array(plays).fill({ connections: [], events: [] }),
    conversations: 1,
    cuts: { requested: 0, proven: 0 },
  }
  return explanation(trial, [{ property, failure }], echoed as never) !== undefined
}

const stays = alone([send('a'), awaitAll])
const ends = alone([send('a'), end])

it.each([
  ['the same rule of an earlier claim', fails('answers'), 'answers', 'answers', stays, true],
  ['another rule of the same name space', fails('end'), 'end', 'answers', stays, false],
  ['wrong answers, for who has to wait', fails('answers'), 'answers', 'disturbed', stays, false],
  ['who has to wait, for who has to wait', fails('disturbed'), 'disturbed', 'disturbed', stays, true],
  ['a claim about ends, where a connection ends', endsOnly, 'answers', 'answers', ends, true],
  ['a claim about ends, where none ends', endsOnly, 'answers', 'answers', stays, false],
] as const)('%s', (_, property, earlierRule, rule, subject, expected) => {
  expect(explains(property, earlierRule, rule, subject)).toBe(expected)
})

it('a claim that is told of all rows of a series, by all of them', () => {
  const slope: Property = {
    ...comesBack,
    series: [1, 2, 4],
    check: (_, transcripts) =>
      transcripts.length < 3
        ? { is: 'inconclusive', why: 'there are more to come' }
        : { is: 'fail', rule: 'leaks', expected: 'this', actual: 'that' },
  }
  expect(explains(slope, 'leaks', 'keeps', stays, 4)).toBe(true)
  expect(explains(slope, 'leaks', 'keeps', stays, 2)).toBe(false)
})
