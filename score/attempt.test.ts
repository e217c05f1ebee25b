import { expect, it } from 'vitest'
import { attempt } from './attempt.ts'
import { zoo } from './zoo.ts'

it('a run that does not shrink ends when the bug has failed again alone, and says the same of it', async () => {
  const entrant = zoo({ cases: 1, timeMs: 1 }).find(({ id }) => id === 'broken/split-header frame')!
  const { signal } = new AbortController()
  const found = { seed: 1, verdict: 'found', rule: 'any/answers answers' }
  const brief = await attempt(entrant, 1, false, signal)
  expect(brief).toMatchObject(found)
  expect(Object.keys(brief)).not.toContain('size')
  const whole = await attempt(entrant, 1, true, signal)
  expect(whole).toMatchObject({ ...found, size: entrant.expected?.minimum, confirmed: { failed: 5, tried: 5 } })
})
