import type { Property } from './property.ts'

/** A claim whose cases cost more is given so many times as much time: otherwise one case of it may be more than its share. */
const DEAR_SHARES = 2

/** Which part, 0 to 1, of the time that is left the first of these properties is given; all of them are still to be tried. */
export function timeShare([first, ...others]: readonly Property[]): number {
  if (first === undefined) return 0
  return costOf(first) / others.reduce((total, each) => total + costOf(each), costOf(first))
}

function costOf({ series, oneAtATime, weight = 1, shares }: Property): number {
  if (shares !== undefined) return shares
  return series !== undefined || oneAtATime === true || weight > 1 ? DEAR_SHARES : 1
}
