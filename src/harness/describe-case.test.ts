import { expect, test } from 'vitest'
import type { Case, Script, Step } from './case.ts'
import { describeCase } from './describe-case.ts'
import { HALF_CLOSE } from './testing/sample-report.ts'

const send = (length: number): Step => ({ do: 'send', bytes: new Uint8Array(length) })
const wait: Step = { do: 'await' }
const end: Step = { do: 'end' }
const reset: Step = { do: 'reset' }
const script = (steps: readonly Step[], cuts: readonly number[] = []): Script => ({ steps, cuts })
const one = (steps: readonly Step[], cuts: readonly number[] = []): Case => ({
  connections: [script(steps, cuts)],
  turns: [],
})
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

test.each<[string, Case]>([
  ['one connection sends 1 byte and half-closes at once', HALF_CLOSE],
  ['one connection connects and closes without a word', one([])],
  ['one connection half-closes', one([end])],
  ['one connection sends 8 bytes torn after byte 1 and closes when all was read', one([send(8)], [1, 8])],
  ['one connection resets', one([reset])],
  [
    'one connection stops reading, sends 9 bytes, reads on, waits for the answers and closes',
    one([{ do: 'stop-reading' }, send(9), { do: 'read-on' }, wait]),
  ],
  ['one connection sends 9 bytes torn after byte 3, waits for the answers and closes', one([send(9), wait], [3])],
  ['one connection sends 9 bytes and half-closes when all was read', one([send(9), end], [9])],
  [
    'one connection sends 9 bytes torn after bytes 1, 2 and 4 and resets when all was read',
    one([send(9), reset], [1, 2, 4, 9]),
  ],
  ['one connection sends 2 frames (18 bytes) in one write and closes', one([send(9), send(9)])],
  ['one connection sends 2 frames (18 bytes) torn after byte 9 and closes', one([send(9), send(9)], [9])],
  [
    'one connection sends 1,000 bytes torn at 999 places and resets at once',
    one(
      [send(1000), reset],
      times(999, 0).map((_, at) => at + 1),
    ),
  ],
  [
    'one connection sends 4 bytes, pauses 50 ms, sends 5 bytes torn after byte 6 and closes',
    one([send(4), { do: 'pause', ms: 50 }, send(5)], [4, 6]),
  ],
  [
    'one connection sends 50 frames (450 bytes) torn after byte 3 with 50 waits between; at last it closes',
    one(times(50, [send(9), wait]).flat(), [3]),
  ],
  [
    'each of 50 connections sends 1 byte and resets at once',
    { connections: times(50, script([send(1), reset])), turns: [] },
  ],
  [
    'two connections, taking turns: A sends 4 bytes torn after byte 2 and closes; B sends 9 bytes, waits for the answers and closes',
    { connections: [script([send(4)], [2]), script([send(9), wait])], turns: [0, 1, 0] },
  ],
  [
    '20 connections send 20 frames (210 bytes) in all, torn at 19 places, 1 half-closes and 2 reset, taking turns',
    {
      connections: times(20, 0).map((_, at) =>
        script([send(at + 1), ...(at === 3 ? [end] : at > 17 ? [reset] : [])], at > 0 ? [1] : []),
      ),
      turns: [0, 1],
    },
  ],
])('%s', (sentence, subject) => {
  expect(describeCase(subject)).toBe(sentence)
})
