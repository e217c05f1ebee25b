import { describe, expect, it } from 'vitest'
import type { Attempt } from './attempt.ts'
import type { Expected, Size } from './entrant.ts'
import { page } from './page.ts'
import { type Entry, entryOf, scoreOf, shareAtMinimum } from './tally.ts'

const SMALLEST: Size = { connections: 1, frames: 1, cuts: 1, bytes: 9 }
const LARGER: Size = { ...SMALLEST, bytes: 12 }
const UNKNOWN: Expected = { property: 'any/answers', rule: 'answers', also: [] }
const KNOWN: Expected = { ...UNKNOWN, minimum: SMALLEST }

function run(seed: number, verdict: Attempt['verdict'], size?: Size): Attempt {
  const rule = verdict === 'found' ? 'any/answers answers' : ''
  const shrunk = size === undefined ? {} : { secondsShrunk: 3, size, confirmed: { failed: 5, tried: 5 } }
  return { seed, verdict, rule, cases: 10 * seed, seconds: seed, ...shrunk }
}

/** Ten runs: the first shrinks what it finds, and these of the others miss it. */
function ten(size: Size, ...missed: readonly number[]): Attempt[] {
  const others = Array.from({ length: 9 }, (_, at) => run(at + 2, missed.includes(at + 2) ? 'missed' : 'found'))
  return [run(1, 'found', size), ...others]
}

function bug(attempts: readonly Attempt[], expected = KNOWN): Entry {
  return entryOf({ id: 'broken/it frame', kind: 'planted', expected }, attempts)
}

describe('a bug', () => {
  it.each([
    ['found', 1, ten(SMALLEST)],
    ['found 9 of 10', 1, ten(SMALLEST, 7)],
    ['found 8 of 10', 0, ten(SMALLEST, 7, 8)],
  ])('that is %s counts as %i', (verdict, found, attempts) => {
    const entry = bug(attempts)
    expect(entry).toMatchObject({ expected: 'any/answers answers', verdict, rule: 'any/answers answers', ...SMALLEST })
    expect(scoreOf([entry])).toMatchObject({ planted: 1, found, atMinimum: found })
  })
  it('has the median of all runs that found it, shrunk or not', () => {
    expect(bug(ten(SMALLEST, 10))).toMatchObject({ cases: 50, seconds: 5 })
  })
  it('is at its minimum where those runs are that shrank it', () => {
    const mixed = [run(1, 'found', SMALLEST), run(2, 'found', LARGER)]
    const shares = [ten(SMALLEST), ten(LARGER), mixed].map((attempts) => shareAtMinimum(bug(attempts)))
    expect(shares).toEqual([1, 0, 0.5])
  })
  it('is at its minimum too where it is smaller than anybody thought', () => {
    const smaller = [run(1, 'found', { ...SMALLEST, cuts: 0 }), run(2, 'found', { ...SMALLEST, cuts: 0, bytes: 10 })]
    expect(shareAtMinimum(bug(smaller))).toBe(0.5)
    const told = smaller.map((attempt) => page(scoreOf([bug([attempt])]), { seeds: [1], load: false }))
    expect(told.map((text) => text.includes('(smaller than known)'))).toEqual([true, false])
  })
  it('is not at its minimum where no run shrank it, and is where none is known', () => {
    const unshrunk = [run(1, 'found'), run(2, 'found')]
    expect(scoreOf([bug(unshrunk)])).toMatchObject({ found: 1, atMinimum: 0 })
    expect(scoreOf([bug(unshrunk, UNKNOWN)])).toMatchObject({ found: 1, atMinimum: 1 })
  })
  it('has no size where it is missed', () => {
    expect(Object.keys(bug([run(1, 'missed'), run(2, 'missed')]))).not.toContain('bytes')
  })
})

describe('a right server', () => {
  it.each([
    ['clean', 0, 0],
    ['false-alarm', 1, 0],
    ['error', 0, 1],
  ] as const)('that is once %s', (verdict, falseAlarms, unjudged) => {
    const entry = entryOf({ id: 'evented frame', kind: 'correct' }, [run(1, 'clean'), run(2, verdict)])
    expect(scoreOf([entry])).toMatchObject({ planted: 0, correct: 1, falseAlarms, unjudged })
  })
})

describe('the page', () => {
  const seeds = Array.from({ length: 10 }, (_, at) => at + 1)
  const pageOf = (attempts: readonly Attempt[]): string => page(scoreOf([bug(attempts)]), { seeds, load: false })

  it('says how many runs were shrunk, where not all were', () => {
    expect(pageOf(ten(SMALLEST, 7))).toContain('Of 9 runs that met a bug, 1 went on to shrink and confirm it')
    expect(pageOf([run(1, 'found', SMALLEST)])).not.toContain('went on')
  })
  it('names what was not found often enough', () => {
    expect(pageOf(ten(SMALLEST, 7, 8))).toContain('0 of 1 planted bugs found in nine of ten runs at least')
    expect(pageOf(ten(SMALLEST, 7, 8))).toContain('Not found: broken/it frame.')
    expect(pageOf(ten(SMALLEST))).not.toContain('Not found')
  })
})
