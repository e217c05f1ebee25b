import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Codec } from '../../codec/codec.ts'
import { declaredCodec } from '../../codec/parts.ts'
import type { Script } from '../case.ts'
import { arbitraryScript } from '../testing/arbitrary-case.ts'
import { messageKinds } from '../testing/message-kinds.ts'
import { awaitAll, end, pause, reset, script, send } from '../testing/steps.ts'
import { dataIn, withoutData } from './data.ts'
import { movedUp, offsetOf, withBytes, withoutConnection, withoutSteps } from './edits.ts'

describe('without some steps', () => {
  const three = [send('abc'), send('de'), send('fgh')]
  it.each([
    ['cuts before them stay', [1, 2], 1, 2, [1, 2]],
    ['cuts inside them go', [4], 1, 2, []],
    ['cuts behind them move with their bytes', [6, 8], 1, 2, [4, 6]],
    ['a cut at their beginning stays at the seam', [3], 1, 2, [3]],
    ['a cut at their end stays at the seam', [5], 1, 2, [3]],
    ['cuts at both become one', [3, 5], 1, 2, [3]],
    ['a cut at the end of the first steps goes: nothing is before it', [3], 0, 1, []],
    ['a cut before the FIN stays before the FIN', [8], 2, 3, [5]],
    ['all cuts go with all bytes', [1, 3, 8], 0, 3, []],
  ] as const)('%s', (_, cuts, from, to, left) => {
    expect(withoutSteps(script(three, cuts), from, to).cuts).toEqual(left)
  })

  it('keeps every other cut between the same two bytes, whatever goes', () => {
    const messages = fc.uint8Array({ minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(arbitraryScript(messages), fc.nat(6), fc.nat(6), (subject, one, other) => {
        const [from, to] = [one, other].map((at) => at % (subject.steps.length + 1)).sort((a, b) => a - b) as [
          number,
          number,
        ]
        const [start, stop] = [offsetOf(subject, from), offsetOf(subject, to)]
        const gone = (byte: number): boolean => byte >= start && byte < stop
        const total = offsetOf(subject, subject.steps.length)
        const left = Array.from({ length: total }, (_, byte) => byte).filter((byte) => !gone(byte))
        const after = withoutSteps(subject, from, to)
        const neighbours = after.cuts.map((cut) => [left[cut - 1], left[cut] ?? total])
        const old = subject.cuts.map((cut) => [cut - 1, cut])
        for (const [before, behind] of neighbours) {
          const isSeam = behind !== (before as number) + 1
          // At the seam one of the two bytes is another one; everywhere else both are the same.
          const same = old.some(([b, a]) => (isSeam ? b === before || a === behind : b === before && a === behind))
          expect(same, `a cut between ${before} and ${behind}`).toBe(true)
        }
        const untouched = old.filter(([b, a]) => !gone(b as number) && !gone(a as number))
        expect(neighbours).toEqual(expect.arrayContaining(untouched))
      }),
      { numRuns: 300, seed: 2 },
    )
  })
})

describe.each(messageKinds)('without some data of $name', ({ codec, messages }) => {
  it('keeps every other cut between the same two bytes, in data, head and tail', () => {
    const one = fc.record({ bytes: messages, from: fc.nat(300), to: fc.nat(300) })
    fc.assert(
      fc.property(one, ({ bytes, from: one, to: other }) => {
        const data = dataIn(codec, bytes)
        const size = data.end - data.start
        const [from, to] = [one, other].map((at) => at % (size + 1)).sort((a, b) => a - b) as [number, number]
        const rewritten = withoutData(codec, bytes, data, from, to)
        if (rewritten === undefined) return
        const everywhere = Array.from({ length: bytes.length }, (_, at) => at + 1)
        const subject = script(
          [send('before'), send(bytes), send('behind')],
          everywhere.map((cut) => 6 + cut),
        )
        const after = withBytes(subject, 1, rewritten)
        const now = dataIn(codec, rewritten.bytes)
        const headIsShorter = bytes.length - (to - from) - rewritten.bytes.length
        const moved = (cut: number): number => after.cuts[after.cuts.indexOf(6 + rewritten.moved(cut))] ?? -1
        for (const cut of everywhere) {
          if (cut < data.start) expect(moved(cut)).toBe(6 + Math.min(cut, data.start - headIsShorter))
          if (cut >= data.start && cut <= data.start + from) expect(moved(cut)).toBe(6 + cut - headIsShorter)
          if (cut >= data.start + to) expect(moved(cut)).toBe(6 + cut - (bytes.length - rewritten.bytes.length))
        }
        expect(Buffer.from(rewritten.bytes.subarray(now.start, now.end))).toEqual(
          Buffer.concat([bytes.subarray(data.start, data.start + from), bytes.subarray(data.start + to, data.end)]),
        )
        expect(after.cuts.at(-1)).toBe(6 + rewritten.bytes.length)
      }),
      { numRuns: 150, seed: 3 },
    )
  })
})

it('a cut inside a head that grows shorter moves to the end of the head', () => {
  const codec = declaredCodec({ framing: 'varint', flavour: 'leb128' }) as Codec<unknown>
  const bytes = codec.encode({ head: new Uint8Array(0), data: new Uint8Array(20_000) })
  const rewritten = withoutData(codec, bytes, dataIn(codec, bytes), 5, 20_000)
  expect([1, 2, 3, 4].map((offset) => rewritten?.moved(offset))).toEqual([1, 1, 1, 2])
})

describe('other bytes in one send', () => {
  const subject: Script = script([send('ab'), awaitAll, send('cdef'), pause(1), send('gh')], [1, 3, 5, 6, 7])

  it('moves the cuts behind it and leaves those before it', () => {
    const shorter = withBytes(subject, 2, { bytes: Buffer.from('c'), moved: (offset) => Math.min(offset, 1) })
    expect(shorter.cuts).toEqual([1, 3, 4])
  })
  it('goes away with its last byte', () => {
    const gone = withBytes(subject, 2, { bytes: new Uint8Array(0), moved: () => 0 })
    expect(gone).toEqual(script([send('ab'), awaitAll, pause(1), send('gh')], [1, 2, 3]))
  })
  it('is refused for a step that sends nothing', () => {
    expect(() => withBytes(subject, 1, { bytes: new Uint8Array(1), moved: () => 0 })).toThrow('step 1 sends nothing')
  })
})

describe('without its first bytes', () => {
  const parts = script([send('abc'), pause(5), send('d'), pause(5), send('efg'), awaitAll], [3, 4, 7])

  it.each([
    [1, [send('bcd'), pause(5), send('e'), pause(5), send('fg'), awaitAll], [3, 4]],
    [4, [send('efg'), pause(5), pause(5), awaitAll], [3]],
    [6, [send('g'), pause(5), pause(5), awaitAll], []],
  ] as const)('%i of them, a script is torn where it was', (gone, steps, cuts) => {
    expect(movedUp(parts, gone)).toEqual(script(steps, cuts))
  })
})

describe('without a connection', () => {
  const [a, b, c] = [script([send('a')]), script([end]), script([reset])]
  it.each([
    [0, [b, c], [1, 0]],
    [1, [a, c], [0, 1, 0]],
    [2, [a, b], [0, 1, 0]],
  ])('%i, the turns name the same connections as before', (gone, connections, turns) => {
    const subject = { connections: [a, b, c], turns: gone === 2 ? [0, 1, 2, 0] : [0, 2, 1, 0] }
    expect(withoutConnection(subject, gone)).toEqual({ connections, turns })
  })
})
