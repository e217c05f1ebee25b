import { expect, test, vi } from 'vitest'
import { alarmOf, NO_ALARM } from './alarm.ts'

test('actions that are due are done when it rings, in the order of their times, and those that were cancelled are not', () => {
  vi.useFakeTimers()
  try {
    const done: string[] = []
    let interrupts = 0
    const alarm = alarmOf(() => {
      interrupts += 1
    })
    alarm.after(20, () => done.push('second'))
    alarm.after(10, () => done.push('first'))
    const cancel = alarm.after(10, () => done.push('never'))
    alarm.after(30, () => done.push('later'))
    vi.advanceTimersByTime(25)
    cancel()
    expect([done, interrupts, alarm.isSet]).toEqual([[], 3, true])
    alarm.ring()
    expect(done).toEqual(['first', 'second'])
    vi.advanceTimersByTime(5)
    alarm.ring()
    expect([done, alarm.isSet]).toEqual([['first', 'second', 'later'], false])
  } finally {
    vi.useRealTimers()
  }
})

test('without a clock nothing is ever waited for', () => {
  NO_ALARM.after(0, () => {
    throw new Error('it never rings')
  })()
  NO_ALARM.ring()
  expect(NO_ALARM.isSet).toBe(false)
})
