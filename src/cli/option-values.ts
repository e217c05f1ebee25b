// How the values of options are read.

import { InvalidArgumentError } from 'commander'
import ms, { type StringValue } from 'ms'
import { LEAST_IDLE_MS, LONGEST_IDLE_MS } from '../harness/protocol.ts'

/** Reads the value of option `name`; throws what is wrong with it. */
export function wholeNumber(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`${name} takes a whole number from ${least} to ${most}.`)
  }
}

/** What a timer can hold. */
const LONGEST_MS = 0x7fff_ffff

/** Milliseconds. */
export function duration(text: string): number {
  const value = /^\d.*[a-z]$/i.test(text) ? ms(text as StringValue) : undefined
  if (value !== undefined && value > LONGEST_MS) throw new InvalidArgumentError('a duration is 24 days at the most.')
  if (value !== undefined && value > 0) return value
  throw new InvalidArgumentError('a duration is a number and a unit: 500ms, 30s, 5m.')
}

/** Whole milliseconds, as many as a protocol may state. */
export function idleTime(text: string): number {
  const value = Math.round(duration(text))
  if (value >= LEAST_IDLE_MS && value <= LONGEST_IDLE_MS) return value
  const [least, most] = [ms(LEAST_IDLE_MS), ms(LONGEST_IDLE_MS)]
  throw new InvalidArgumentError(`an idle time is ${least} at the least and ${most} at the most.`)
}
