import type { Event } from '../src/harness/transcript.ts'

/** Of the idle time: an end of the connection is too early after less silence than this, for timers are not exact. */
export const TOO_EARLY = 0.9

/**
 * Milliseconds of our longest silence before an end that came at `endedAt`. It need not be the last one, for the byte
 * behind it may have crossed the end. A server may see a connection before we do, but not before the play began.
 */
export function longestSilence(before: readonly Event[], endedAt: number): number {
  const times = [0, ...before.flatMap(({ did, at }) => (did === 'sent' ? [at] : [])), endedAt]
  return Math.max(...times.slice(1).map((at, index) => at - (times[index] as number)))
}
