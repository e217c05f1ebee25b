import { expect, test } from 'vitest'
import type { Progress } from '../../harness/result.ts'
import { HOSTILE, UNSAFE } from '../../harness/testing/hostile-text.ts'
import { progress } from './progress.ts'
import { Screen, sampleResult, sampleRun } from './testing/sample-run.ts'
import { textOut } from './text-out.ts'

const news: Progress = {
  id: 'frame/order',
  doing: 'trying',
  cases: 1_200,
  runs: 5_000,
  casesPerSecond: 812.4,
  cuts: { requested: 3_400, proven: 3_399 },
  leftMs: 12_000,
}

async function watched(isTTY: boolean) {
  const screen = new Screen(isTTY)
  let time = 1_000_000
  const out = textOut(screen.stream)
  return {
    screen,
    observer: await progress(out, () => time),
    pass: (ms: number) => {
      time += ms
    },
  }
}

test('where lines stay, one tells the start, one the end, and at most one in 5 seconds what goes on', async () => {
  const { screen, observer, pass } = await watched(false)
  observer.propertyStarted?.('frame/order', 'claim')
  for (let tick = 0; tick < 110; tick += 1) {
    pass(100)
    observer.progress?.({ ...news, cases: tick })
  }
  observer.propertyEnded?.(sampleResult('pass', 'frame/order'))
  expect(screen.text).toBe(`frame/order: started
frame/order: 49 of 5,000 cases, 812 cases/s, 99% of 3,400 cuts proven, 12.0 s left
frame/order: 99 of 5,000 cases, 812 cases/s, 99% of 3,400 cuts proven, 12.0 s left
frame/order: passed, 120 cases in 1.5 s
`)
})

test('a property that was left for others and goes on is told of', async () => {
  for (const isTerminal of [false, true]) {
    const { screen, observer } = await watched(isTerminal)
    observer.propertyResumed?.('frame/order')
    expect(screen.text).toContain('frame/order: goes on')
  }
})

test('shrinking and confirming are told, and an end that is no pass with its reason', async () => {
  const { screen, observer, pass } = await watched(false)
  pass(5_000)
  observer.progress?.({ ...news, doing: 'shrinking', casesPerSecond: 3.21, cuts: { requested: 0, proven: 0 } })
  observer.propertyEnded?.(sampleResult('fail', 'frame/order'))
  observer.propertyEnded?.(sampleResult('inconclusive', 'frame/stop'))
  expect(screen.text).toBe(`frame/order: shrinking, 3.2 cases/s, no cuts, 12.0 s left
frame/order: FAILED (some text), 120 cases in 1.5 s
frame/stop: inconclusive (some text), 120 cases in 1.5 s
`)
})

test('on a terminal one line is drawn again, at most ten times a second, and is gone at the end', async () => {
  const { screen, observer, pass } = await watched(true)
  observer.started?.({ target: 't', protocol: 'p', seed: 1, barrier: '', properties: ['a', 'b'] })
  observer.propertyStarted?.('frame/order', 'claim')
  for (let tick = 0; tick < 20; tick += 1) {
    pass(50)
    observer.progress?.({ ...news, cases: tick })
  }
  expect(screen.text.match(/of 5,000/g)).toHaveLength(10)
  expect(screen.text).toContain('[0 of 2 done] frame/order: 19 of 5,000 cases')
  observer.propertyEnded?.(sampleResult('fail', 'frame/order'))
  expect(screen.text).toContain('frame/order: FAILED (some text), 120 cases in 1.5 s\n')
  observer.propertyStarted?.('frame/stop', 'claim')
  const before = screen.text.length
  expect(screen.text).toContain('[1 of 2 done] frame/stop: started')
  observer.ended?.(sampleRun([]))
  expect(screen.text.slice(before)).toContain('\x1b[2K')
  expect(screen.text.slice(before)).not.toMatch(/[a-z]{2}/)
})

test.each(Object.entries(HOSTILE))('%s in a name or reason stays on its line', async (_, text) => {
  const { screen, observer, pass } = await watched(false)
  observer.propertyStarted?.(text, text)
  pass(5_000)
  observer.progress?.({ ...news, id: text })
  observer.propertyEnded?.(sampleResult('error', text, text))
  expect(screen.text).not.toMatch(UNSAFE)
  expect(screen.text.split('\n')).toHaveLength(4)
})
