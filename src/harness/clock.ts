/** Milliseconds, with fractions, of a clock that only goes forward. The one clock of the harness: everything that needs
 *  the time takes `now: () => number` and has this as its default. */
export const monotonic = (): number => performance.now()

/** Milliseconds since 1970-01-01 by UTC, for people to read: it may jump, and nothing is measured by it. */
export const wallClock = (): number => Date.now()

/** The day, `2026-11-30`, by UTC: an excuse ends at the same moment on every machine. */
export const today = (): string => new Date(wallClock()).toISOString().slice(0, 10)
