import { describe, expect, it } from 'vitest'
import type { Transcript } from '../src/harness/transcript.ts'
import { idleCpu } from './idle-cpu.ts'
import { echo } from './protocols/echo.ts'

const judged = (cpu?: Transcript['cpu']) =>
  idleCpu.check([], [{ connections: [], events: [], ...(cpu && { cpu }) }], echo)

describe('a server whose clients are gone', () => {
  it.each([
    ['rests', { least: 0, before: 0, after: 0 }],
    ['is busy for a moment', { least: 0, before: 0, after: 0.2 }],
    ['spun before and does so no more', { least: 0, before: 1, after: 0 }],
  ])('%s: no failure', (_, cpu) => {
    expect(judged(cpu)).toEqual({ is: 'pass' })
  })

  it('spins', () => {
    expect(judged({ least: 0, before: 0, after: 0.994 })).toEqual({
      is: 'fail',
      rule: 'spins',
      expected: 'the server rests when nobody asks anything of it',
      actual: 'it keeps 99 % of a CPU busy',
    })
  })

  it('has spun since an earlier case', () => {
    expect(judged({ least: 0, before: 1, after: 1 })).toMatchObject({
      actual: 'it keeps 100 % of a CPU busy, as before this case, though not always',
    })
  })

  it.each([
    ['it cannot be seen', undefined],
    ['it was busy before anything was asked of it', { least: 0.9, before: 1, after: 1 }],
  ])('cannot be judged where %s', (_, cpu) => {
    expect(judged(cpu)).toMatchObject({ is: 'inconclusive' })
  })
})
