import type { Cancel } from '../transport.ts'

/** The timers of one connection, for code that waits in one place only and asks there how long it may. */
export interface Alarm {
  /** Remembers to call `action` in `ms` milliseconds. */
  after(ms: number, action: () => void): Cancel
  /** Calls every action whose time has come, in order. */
  ring(): void
  /** Milliseconds until the next action; `Infinity` where there is none. */
  nextInMs(): number
}

/** An alarm on this clock, which counts milliseconds. */
export function alarmOf(now: () => number): Alarm {
  const pending = new Set<{ readonly at: number; readonly action: () => void }>()
  const next = () => [...pending].sort((one, other) => one.at - other.at)[0]
  return {
    after: (ms, action) => {
      const timer = { at: now() + ms, action }
      pending.add(timer)
      return () => pending.delete(timer)
    },
    ring: () => {
      const until = now()
      for (let due = next(); due !== undefined && due.at <= until; due = next()) {
        pending.delete(due)
        due.action()
      }
    },
    nextInMs: () => Math.max(0, (next()?.at ?? Number.POSITIVE_INFINITY) - now()),
  }
}

/** The alarm of code whose waits have no limit: it never rings. */
export const NO_ALARM: Alarm = {
  after: () => () => {},
  ring: () => {},
  nextInMs: () => Number.POSITIVE_INFINITY,
}
