import { expect, test } from 'vitest'
import { progress } from './progress.ts'
import { summary } from './summary.ts'
import { lenientRun, SHOULD } from './testing/lenient-run.ts'
import { Screen, TOOL, tell } from './testing/sample-run.ts'
import { textOut } from './text-out.ts'

test('a terminal shows what does not count, and why, before what does', () => {
  const { results, run } = lenientRun()
  const screen = new Screen(false, 50)
  tell(
    summary(textOut(screen.stream), TOOL, () => 0, { quiet: true, env: {} }),
    [],
    results,
    run,
  )
  const failure = `    one connection sends 1 byte and half-closes at once
    Expected: some text
      Actual: some text
    failed again 5 of 5 times; some text, 1 connection, 1 byte, 0 cuts, found at case 12, 34 shrinks
    npx tornwire replay reports/any/half-close/answer-missing-01234567.json
`
  expect(screen.text).toBe(`- b.json:6 any/leak end: left alone
× b.json:5 any/answers end: no longer needed: delete line 5 of b.json
~ any/crowd  some text
    ${SHOULD}
${failure}~ any/cuts  some text
    excused until 2027-01-31: issue 12
${failure}× any/flood  some text
    its excuse expired on 2027-01-31: issue 12
${failure}FAIL 1 failed, 1 failed SHOULD, 1 excused, 1 excused needlessly, 1 passed in 12.3 s
`)
})

test('where there is little room, what counts is told in full, and of the rest why it does not', () => {
  const { results, run } = lenientRun()
  const screen = new Screen(false, 12)
  tell(
    summary(textOut(screen.stream), TOOL, () => 0, { quiet: true, env: {} }),
    [],
    results,
    run,
  )
  expect(screen.text).toContain(`~ any/crowd  reports/any/half-close/answer-missing-01234567.json (${SHOULD})\n`)
  expect(screen.text).toMatch(/^× any\/flood {2}some text\n/m)
  expect(screen.text.match(/Expected:/g)).toHaveLength(1)
})

test('while it goes on, what does not count is told as such', async () => {
  const screen = new Screen()
  const { results } = lenientRun()
  const observer = await progress(textOut(screen.stream), () => 0)
  for (const result of results.slice(2)) observer.propertyEnded?.(result)
  expect(screen.text).toBe(`any/cuts: FAILED (some text), not counted, 120 cases in 1.5 s
any/flood: FAILED (some text), 120 cases in 1.5 s
`)
})
