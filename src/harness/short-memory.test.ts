import { expect, it } from 'vitest'
import { ShortMemory } from './short-memory.ts'

const keys = Array.from({ length: 257 }, (_, number) => ({ number }))

it('knows the last 128 at the least, and forgets what was put in long ago', () => {
  const memory = new ShortMemory<object, number>()
  for (const [at, key] of keys.entries()) {
    memory.set(key, at)
    const known = keys.slice(Math.max(0, at - 127), at + 1)
    expect(known.map((one) => memory.get(one))).toEqual(known.map(({ number }) => number))
  }
  expect(memory.get(keys[0] as object)).toBeUndefined()
})

it('what is put in again is what is told', () => {
  const memory = new ShortMemory<object, number>()
  const [key] = keys as [object]
  memory.set(key, 1)
  for (const other of keys.slice(1, 128)) memory.set(other, 0)
  memory.set(key, 2)
  expect(memory.get(key)).toBe(2)
})
