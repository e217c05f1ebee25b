// How a mistake in what a user wrote is told: by field and value.

import type { z } from 'zod'

/** What is wrong with a value by a schema of `fields`, a line for each mistake. `whole`: what the value as a whole is called. */
export function mistakesBy(schema: z.ZodType, value: unknown, whole: string): string[] {
  const checked = schema.safeParse(value)
  return checked.success ? [] : checked.error.issues.map((issue) => inWords(issue, value, whole))
}

/** A value in one line of text, not too long. */
export function inspect(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  const text = JSON.stringify(value, readable) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function inWords({ path, message }: z.core.$ZodIssue, value: unknown, whole: string): string {
  const held = path.reduce<unknown>((within, key) => (within as Record<PropertyKey, unknown> | null)?.[key], value)
  const field = path.length === 0 ? whole : path.join('.')
  if (held === undefined && path.length > 0) return `${field} is missing: it ${message}`
  return message.startsWith('has no field') ? `${field} ${message}` : `${field} ${message} (it is ${inspect(held)})`
}

function readable(_: string, value: unknown): unknown {
  if (typeof value === 'function') return 'a function'
  return value instanceof Uint8Array ? `bytes ${Buffer.from(value.subarray(0, 40)).toString('hex')}` : value
}
