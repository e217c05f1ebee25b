/**
 * So many waits, `ms` in all. The first is half as long as the others: what is lost now and then costs little time, and
 * clients that send again do not keep pace with each other.
 */
export function waitsOf(ms: number, times: number): number[] {
  const shares = Array.from({ length: times }, (_, time) => (time === 0 ? 1 : 2))
  const all = 2 * times - 1
  return shares.map((share) => (ms * share) / all)
}
