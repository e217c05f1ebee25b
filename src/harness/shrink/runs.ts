/** Runs of `count` things to leave out: all, halves, quarters, …, single ones, each from the last. */
export function* runs(count: number): Iterable<[from: number, to: number]> {
  yield* runsDownTo(1, count)
}

/** The same, but where there are many, no run shorter than a sixteenth: single bytes of a large message are too many to try. */
export function* boldRuns(count: number): Iterable<[from: number, to: number]> {
  yield* runsDownTo(count <= MANY ? 1 : Math.ceil(count / 16), count)
}

/**
 * Sizes below `size` by halving the distance to it: 0, 1/2, 3/4, …, size - 1. Of 255 all of these are even: where there are
 * many, each that is even or odd unlike `size` has one beside it that is like it, for what needs an odd size, or an even one.
 */
export function* smallerSizes(size: number): Iterable<number> {
  for (let left = size; left >= 1; left = Math.floor(left / 2)) {
    yield size - left
    if (size > FEW && left % 2 === 1 && left < size) yield size - left - 1
  }
}

/** The powers of two below `size`, from 16 on: pieces that servers read and work in, at whose ends what goes wrong stays. */
export function* powersOfTwo(size: number): Iterable<number> {
  for (let whole = 16; whole < size; whole *= 2) yield whole
}

const MANY = 32
/** Of no more than these single ones are left out anyway. */
const FEW = 3

function* runsDownTo(least: number, count: number): Iterable<[from: number, to: number]> {
  for (let size = count; size >= least; size = Math.floor(size / 2)) {
    for (let to = count; to > 0; to -= size) yield [Math.max(0, to - size), to]
  }
}
