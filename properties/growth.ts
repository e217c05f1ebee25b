// Whether what is done again and again takes longer each time, told from hundreds of times measured on a machine with other
// things to do. A sum or a mean would be a few long ones (a buffer that is copied when it doubles, a garbage collection,
// another process that had its turn); medians are what most of them are like.

/** How times develop, from the first to the last. In the unit of the times. */
export interface Growth {
  /** The median of the first eighth. */
  readonly first: number
  /** The median of the last eighth. */
  readonly last: number
  /** By how much all of them together are longer than if each were like the first: by the medians of the eighths. */
  readonly excess: number
  /**
   * How much of the differences between the medians of the eighths a straight line through them explains (R², the
   * coefficient of determination), 0 to 1. What grows with each time gives a line. A machine that has more to do at some
   * moment gives a step, of which a line explains 0.76 at the most, and chance gives no line at all.
   */
  readonly straightness: number
}

const PARTS = 8

/** Of fewer the medians say nothing. */
const LEAST = 8 * PARTS

/** The growth of these times, in their order; `undefined` of fewer than 64. */
export function growthOf(times: readonly number[]): Growth | undefined {
  if (times.length < LEAST) return undefined
  const beginning = (part: number): number => Math.floor((part * times.length) / PARTS)
  const medians = Array.from({ length: PARTS }, (_, part) => median(times.slice(beginning(part), beginning(part + 1))))
  const [first = 0] = medians
  const excess = (times.length / PARTS) * sumOf(medians.map((each) => each - first))
  return { first, last: medians.at(-1) ?? 0, excess, straightness: straightness(medians) }
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** R² of the line of least squares through these values; 0 of one that falls. */
function straightness(values: readonly number[]): number {
  const [middle, mean] = [(values.length - 1) / 2, sumOf(values) / values.length]
  const both = sumOf(values.map((value, at) => (at - middle) * (value - mean)))
  const across = sumOf(values.map((_, at) => (at - middle) ** 2))
  const upwards = sumOf(values.map((value) => (value - mean) ** 2))
  return both <= 0 ? 0 : both ** 2 / (across * upwards)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
