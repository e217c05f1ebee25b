import { expect, test } from 'vitest'
import { HOSTILE, UNSAFE } from '../../harness/testing/hostile-text.ts'
import { coloursFor } from './colours.ts'
import { summary } from './summary.ts'
import { type recordOf, Screen, sampleResult, sampleRun, TOOL, tell } from './testing/sample-run.ts'
import { textOut } from './text-out.ts'

const all = ['pass', 'fail', 'inconclusive', 'error'] as const
const results = all.map((verdict) => sampleResult(verdict))
const ESC = '\x1b'

function shown(
  run: Parameters<typeof recordOf>,
  look: { rows?: number; quiet?: boolean; isTTY?: boolean } = {},
): string {
  const screen = new Screen(look.isTTY, look.rows)
  const observer = summary(textOut(screen.stream), TOOL, () => 0, { quiet: look.quiet ?? false, env: {} })
  tell(observer, ...run)
  return screen.text
}

test('passes come first, then what could not be told, then failures with their replay, then the verdict', () => {
  const run = sampleRun(results, { warnings: ['72% of cuts are not proven'] })
  expect(
    shown([[...all, 'late'], results, run]),
  ).toBe(`tornwire 0.1.0: 127.0.0.1:7000, protocol frame, seed 42, barrier sock_diag
✓ pass  120 cases, 99% of 400 cuts proven, 80 cases/s
? inconclusive  inconclusive: some text
! error  error: some text
- late  not tried: the run ended before it
! 72% of cuts are not proven
× fail  some text
    one connection sends 1 byte and half-closes at once
    Expected: some text
      Actual: some text
    failed again 5 of 5 times; some text, 1 connection, 1 byte, 0 cuts, found at case 12, 34 shrinks
    npx tornwire replay reports/any/half-close/answer-missing-01234567.json
ERROR 1 failed, 1 with an error, 1 inconclusive, 1 not tried, 1 passed in 12.3 s
`)
})

test('a flaky failure says so', () => {
  const { failure, ...result } = sampleResult('fail')
  const flaky = { ...result, failure: { ...failure!, confirmed: { failed: 2, tried: 5 } } }
  expect(shown([[], [flaky], sampleRun([flaky])])).toContain('    flaky: failed again 2 of 5 times;')
})

test('quiet, it shows only what did not pass', () => {
  const text = shown([[], results, sampleRun(results)], { quiet: true })
  expect(text).not.toContain('✓')
  expect(text.split('\n')[0]).toBe('? inconclusive  inconclusive: some text')
  const good = [sampleResult('pass')]
  expect(shown([[], good, sampleRun(good)], { quiet: true })).toBe('PASS 1 passed in 12.3 s\n')
})

test('many results stay within a screen, the first failure in full', () => {
  const many = Array.from({ length: 30 }, (_, at) => sampleResult(at % 4 === 0 ? 'fail' : 'pass', `frame/${at}`))
  const text = shown([[], many, sampleRun(many)], { rows: 24 })
  expect(text.split('\n').length).toBeLessThanOrEqual(24)
  expect(text).toContain('✓ 22 properties passed  2,640 cases, 99% of 8,800 cuts proven, 80 cases/s')
  expect(text.match(/Expected:/g)!.length).toBeGreaterThanOrEqual(1)
  expect(text.match(/^× frame\/\d+/gm)).toHaveLength(8)
})

test.each(Object.entries(HOSTILE))('%s reaches no terminal', (_, text) => {
  const hostile = all.map((verdict) => sampleResult(verdict, `${verdict}${text}`, text))
  const run = sampleRun(hostile, { target: text, protocol: text, why: text, warnings: [text] })
  const screen = shown([[text], hostile, run, text])
  expect(screen).not.toMatch(UNSAFE)
  // One line for each pass, other result and warning, six for the failure, heading and verdict: none was added.
  expect(screen.split('\n').length).toBeLessThanOrEqual(15)
})

test('nothing tried is not green, and an interrupted run says so', () => {
  expect(shown([[], [], sampleRun([], { verdict: 'inconclusive', why: 'no property applies' })])).toMatch(
    /\nINCONCLUSIVE nothing was tried in 12.3 s: no property applies\n$/,
  )
  expect(shown([[], [], sampleRun([], { verdict: 'inconclusive', interrupted: true })])).toContain(', interrupted')
})

test('earlier reports that were played again are shown', () => {
  const screen = new Screen()
  const observer = summary(textOut(screen.stream), TOOL, () => 0, { quiet: false, env: {} })
  const again = { path: 'reports/a.json', property: 'a', rule: 'r', confirmed: { failed: 0, tried: 5 } }
  observer.replayed?.({ ...again, outcome: 'fixed' })
  observer.replayed?.({ ...again, outcome: 'still-failing' })
  observer.ended?.(sampleRun([]))
  expect(screen.text).toContain('\nFIXED reports/a.json r\nSTILL FAILING reports/a.json r\n')
})

test('colours are for terminals, and follow NO_COLOR and FORCE_COLOR', () => {
  expect(shown([[], results, sampleRun(results)], { isTTY: true })).toContain(ESC)
  expect(shown([[], results, sampleRun(results)])).not.toContain(ESC)
  expect(coloursFor({ isTTY: true }, { NO_COLOR: '1' }).red('x')).toBe('x')
  expect(coloursFor({ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' }).red('x')).toBe('x')
  expect(coloursFor({ isTTY: false }, { FORCE_COLOR: '1' }).red('x')).not.toBe('x')
  expect(coloursFor({ isTTY: true }, { TERM: 'dumb' }).red('x')).toBe('x')
})
