import type { Cancel } from '../transport.ts'

/** The timers of one connection, for code that waits in one place only: what is due is done there, never in between. */
export interface Alarm {
  /** Remembers to call `action` in `ms` milliseconds; the wait that is under way then is interrupted. */
  after(ms: number, action: () => void): Cancel
  /** Calls every action whose time has come, in order. */
  ring(): void
  /** Whether there is an action to wait for. */
  readonly isSet: boolean
}

/** An alarm that calls `interrupt` whenever the time of an action has come. */
export function alarmOf(interrupt: () => void): Alarm {
  const pending = new Set<() => void>()
  const due: (() => void)[] = []
  const cancelOf = (action: () => void, timer: NodeJS.Timeout) => () => {
    clearTimeout(timer)
    pending.delete(action)
  }
  return {
    after: (ms, action) => {
      // A function of its own for each: the same action may be set twice.
      const once = () => {
        if (pending.delete(once)) action()
      }
      pending.add(once)
      const timer = setTimeout(() => {
        due.push(once)
        interrupt()
      }, ms)
      return cancelOf(once, timer)
    },
    ring: () => {
      for (const action of due.splice(0)) action()
    },
    get isSet() {
      return pending.size > 0
    },
  }
}

/** The alarm of code whose waits have no limit: it never rings. */
export const NO_ALARM: Alarm = { after: () => () => {}, ring: () => {}, isSet: false }
