import { describe, expect, it } from 'vitest'
import { levelsFor, unhurried, withoutModel } from './patience.ts'
import { weaknesses } from './weaknesses.ts'

const stillness = { isQuiet: async () => true, isAsleep: async () => true }

describe('patience', () => {
  it.each([
    [0, 1_000],
    [10, 1_000],
    [100, 2_000],
    [499, 9_980],
    [5_000, 10_000],
  ])('with a server that took %i ms is %i ms', (slowest, idleMs) => {
    expect(levelsFor(slowest, stillness).full).toMatchObject({ idleMs, drainMs: idleMs })
    expect(levelsFor(slowest, stillness).trying.idleMs).toBe(idleMs)
  })
  it('believes in silence while it tries, in sleep while it shrinks, in neither before anything is believed', () => {
    const { trying, shrinking, full } = levelsFor(1, stillness)
    expect([trying.quiet, shrinking.quiet, full.quiet]).toEqual([stillness.isQuiet, stillness.isAsleep, undefined])
    expect(shrinking.idleMs).toBeLessThan(full.idleMs)
  })
  it.each([
    [0, 10],
    [1, 10],
    [30, 120],
    [400, 1_600],
    [5_000, 10_000],
  ])('without a model, with a server that took %i ms, believes in nothing before a silence of %i ms', (slowest, ms) => {
    const plain = levelsFor(slowest, stillness)
    const { trying, shrinking, full } = withoutModel(plain, slowest)
    const silence = { unheardMs: ms, heardMs: ms }
    expect(trying).toEqual({ ...plain.trying, silence })
    expect(shrinking).toEqual({ ...plain.shrinking, silence })
    expect(full).toBe(plain.full)
  })
  it('is full everywhere where silence cannot be seen, or was mistaken', () => {
    for (const levels of [levelsFor(1, undefined), unhurried(levelsFor(1, stillness))]) {
      expect([levels.trying.quiet, levels.shrinking.quiet]).toEqual([undefined, undefined])
      expect([levels.trying.idleMs, levels.shrinking.idleMs]).toEqual([1_000, 1_000])
    }
  })
})

describe('weaknesses', () => {
  const barrier = {
    kind: 'gap',
    why: 'gap: no proof',
    watch: () => expect.fail('not watched'),
    close: () => {},
  } as const
  const result = (requested: number, proven: number) =>
    ({
      id: 'x',
      level: 'must',
      verdict: 'pass',
      cases: 1,
      conversations: 1,
      cuts: { requested, proven },
      durationMs: 1,
    }) as const

  it.each([
    [
      'cuts that are mostly not proven',
      [result(10, 0), result(10, 4)],
      false,
      ['80 % of the cuts are not proven to have reached the server (gap: no proof)'],
    ],
    [
      'one client at a time',
      [result(10, 10)],
      true,
      ['the server serves one client at a time, so cases were played one at a time'],
    ],
    ['nothing where all is well', [result(10, 10), result(0, 0)], false, []],
    ['nothing of cuts where none were asked for', [result(0, 0)], false, []],
  ] as const)('are told: %s', (_, results, serial, told) => {
    expect(weaknesses(results, barrier, serial)).toEqual(told)
  })
})
