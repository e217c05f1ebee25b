import { expect, test } from 'vitest'
import { monotonic } from '../clock.ts'
import { PollLoop } from './poll-loop.ts'

test('everything that is waited for shares one picture a round, and the first round comes at once', async () => {
  let pictures = 0
  const loop = new PollLoop<number>(() => {
    pictures += 1
  }, monotonic)
  const answers = [1, 2, 3].map(() => loop.wait(() => pictures, 1000, -1))
  expect(pictures).toBe(0)
  expect(await Promise.all(answers)).toEqual([1, 1, 1])
})

test('what gives no answer is late at its deadline, and not before', async () => {
  let now = 0
  const loop = new PollLoop<string>(
    () => {},
    () => ++now,
  )
  expect(await loop.wait(() => undefined, 40, 'late')).toBe('late')
  expect(now).toBeGreaterThanOrEqual(40)
  expect(now).toBeLessThan(45)
})

test('long waits are looked at once a millisecond at most', async () => {
  let looks = 0
  let clock = 0
  // A clock that jumps past the spinning at the first look, and is real time from then on.
  const began = monotonic()
  const loop = new PollLoop<string>(
    () => {},
    () => clock + monotonic() - began,
  )
  const waited = loop.wait(
    () => {
      looks += 1
      clock = 10
      return undefined
    },
    60,
    'late',
  )
  await waited
  expect(looks).toBeGreaterThan(2)
  expect(looks).toBeLessThan(75)
})

test('a wait that begins while others rest is looked at within the same turn of the event loop', async () => {
  const loop = new PollLoop<string>(() => {}, monotonic)
  const resting = loop.wait(() => undefined, 60, 'late')
  await new Promise((resolve) => setTimeout(resolve, 10))
  let turned = false
  setImmediate(() => {
    turned = true
  })
  await loop.wait(() => 'here', 60, 'late')
  expect(turned).toBe(false)
  loop.close()
  expect(await resting).toBe('late')
})

test('after close everything that waited is late', async () => {
  const loop = new PollLoop<string>(() => {}, monotonic)
  const waiting = loop.wait(() => undefined, 60_000, 'late')
  loop.close()
  expect(await waiting).toBe('late')
})
