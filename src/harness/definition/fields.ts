// The kinds of field that a protocol definition is checked for. Every message goes on after the name of a field:
// `codec.length.width must be a whole number from 1 to 8`.

import { z } from 'zod'

/** A field that must be so. */
export function must<T>(check: (value: unknown) => boolean, message: string): z.ZodType<T> {
  return z.custom<T>((value) => check(value), `must be ${message}`)
}

export function wholeNumber(least: number, most: number): z.ZodType<number> {
  const isSo = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= least && Number(value) <= most
  return must(isSo, least > -BIG ? `a whole number from ${least} to ${most}` : 'a whole number')
}

export function oneOf(...choices: readonly string[]): z.ZodType<string> {
  return must(
    (value) => choices.includes(value as string),
    `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`,
  )
}

export const aFunction = must<(...args: never[]) => unknown>((value) => typeof value === 'function', 'a function')

/** An object with these fields and no others: a misspelt one is a mistake, not an extra. */
export function fields<T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  const there = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has no field ${issue.keys.map((key) => `'${key}'`).join(' or ')}; there are: ${there}`
        : `must be an object with fields ${there}`,
  })
}

/** The largest number of bytes that a buffer can hold. */
export const BIG = 2 ** 31 - 1
