const MOST_DOUBLINGS = 3

/**
 * So many waits, the first ones each twice as long as the one before, `ms` in all: what is lost now and then costs little
 * time, and clients that send again do not keep pace with each other.
 */
export function growing(ms: number, times: number): number[] {
  const shares = Array.from({ length: times }, (_, time) => 2 ** Math.min(time, MOST_DOUBLINGS))
  const all = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => (ms * share) / all)
}
