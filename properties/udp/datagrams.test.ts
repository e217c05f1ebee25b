import { describe, expect, it } from 'vitest'
import type { Case, Step } from '../../src/harness/case.ts'
import { chanceFor } from '../../src/harness/chance.ts'
import { planDatagrams } from '../../src/harness/datagram/plan-datagrams.ts'
import { problemsOf } from '../../src/harness/testing/arbitrary-case.ts'
import { udpEcho } from '../protocols/udp-echo.ts'

const CASES = 400

describe.each(udpEcho.properties!)('cases of $id', (property) => {
  const arbitrary = property.cases(udpEcho as never)
  const cases = Array.from(
    { length: CASES },
    (_, index): Case => arbitrary.generate(chanceFor(1, property.id, index), undefined).value,
  )
  const steps = cases.flatMap(({ connections }) => connections.flatMap((script) => script.steps))

  it('are valid, are made of datagrams only, and the claim speaks of them', () => {
    expect(cases.flatMap(problemsOf)).toEqual([])
    expect(steps.filter((step) => !['datagram', 'insist', 'await'].includes(step.do))).toEqual([])
    expect(cases.every((subject) => property.admits?.(subject, udpEcho as never) ?? true)).toBe(true)
  })
  it('have datagrams of every size that matters', () => {
    const sizes = new Set(steps.flatMap((step) => ('bytes' in step ? [step.bytes.length] : [])))
    for (const edge of [0, 1, 511, 512, 513, 1_472, 1_473, 8_192, 65_507])
      expect([edge, sizes.has(edge)]).toEqual([edge, true])
    expect(Math.max(...sizes)).toBe(65_507)
  })
  it('have every fault, unless they insist', () => {
    const kinds = new Set(steps.flatMap((step) => faultOf(step)?.is ?? []))
    const insists = steps.some((step) => step.do === 'insist')
    expect([...kinds].sort()).toEqual(insists ? [] : ['doubled', 'late', 'lost', 'truncated'])
  })
  it('send everything that they do not lose', () => {
    for (const subject of cases) {
      const sends = subject.connections.flatMap((script) => script.steps).filter((step) => 'bytes' in step)
      const expected = sends.reduce((sum, step) => sum + times(step), 0)
      const { moves } = planDatagrams(subject)
      expect(moves.filter(({ move }) => move.do === 'leave' || move.do === 'insist')).toHaveLength(expected)
    }
  })
})

function faultOf(step: Step) {
  return step.do === 'datagram' ? step.fault : undefined
}

function times(step: Step): number {
  return { lost: 0, doubled: 2, late: 1, truncated: 1, none: 1 }[faultOf(step)?.is ?? 'none']
}
