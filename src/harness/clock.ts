/** Milliseconds, with fractions, of a clock that only goes forward. The one clock of the harness: everything that needs
 *  the time takes `now: () => number` and has this as its default. */
export const monotonic = (): number => performance.now()

/** The day, `2026-11-30`, by UTC: an excuse ends at the same moment on every machine. */
export const today = (): string => new Date().toISOString().slice(0, 10)
