/** Milliseconds, with fractions, of a clock that only goes forward. The one clock of the harness: everything that needs
 *  the time takes `now: () => number` and has this as its default. */
export const monotonic = (): number => performance.now()
