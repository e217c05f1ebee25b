import { expect, it } from 'vitest'
import type { Case } from '../src/harness/case.ts'
import { alone, awaitAll, end, send } from '../src/harness/testing/steps.ts'
import { halfClose } from './half-close.ts'

const AT_ONCE: Case = alone([send('a'), end])
const AFTER_ANSWERS: Case = alone([send('a'), awaitAll, end])
const WITHOUT_A_WORD: Case = alone([end])
const NEVER: Case = alone([send('a'), awaitAll])

it.each([
  ['answers', [true, false, false, false]],
  ['end', [true, true, true, false]],
] as const)('explains what is seen in cases with an end, by rule %s where that could be the reason', (rule, explained) => {
  const cases = [AT_ONCE, AFTER_ANSWERS, WITHOUT_A_WORD, NEVER]
  expect(cases.map((subject) => halfClose.explains?.(subject, rule))).toEqual(explained)
})
