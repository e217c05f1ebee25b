import fc, { type Arbitrary } from 'fast-check'
import type { Case, Script, Step } from '../case.ts'

/** Any valid case whose sends are these messages, or the beginnings of them. */
export function arbitraryCase(messages: Arbitrary<Uint8Array>): Arbitrary<Case> {
  return fc
    .record({
      connections: fc.array(arbitraryScript(messages), { minLength: 1, maxLength: 3 }),
      turns: fc.array(fc.nat(2), { maxLength: 6 }),
    })
    .map(({ connections, turns }) => ({ connections, turns: turns.filter((on) => on < connections.length) }))
}

/** Any valid script of these messages. */
export function arbitraryScript(messages: Arbitrary<Uint8Array>): Arbitrary<Script> {
  const whole = messages.map((bytes): Step => ({ do: 'send', bytes }))
  const begun = fc
    .tuple(messages, fc.nat(1000))
    .map(([bytes, at]): Step => ({ do: 'send', bytes: bytes.subarray(0, 1 + (at % bytes.length)) }))
  const step = fc.oneof(
    { weight: 4, arbitrary: whole },
    begun,
    fc.constant<Step>({ do: 'await' }),
    fc.nat(20).map((ms): Step => ({ do: 'pause', ms })),
    fc.constant<Step>({ do: 'stop-reading' }),
    fc.constant<Step>({ do: 'read-on' }),
    fc.constant<Step>({ do: 'end' }),
    fc.constant<Step>({ do: 'reset' }),
  )
  return fc
    .record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), wishes: fc.array(fc.nat(), { maxLength: 6 }) })
    .map(({ steps, wishes }) => ({ steps, cuts: cutsAt(wishes, totalOf(steps)) }))
}

/** What is wrong with a case, if anything is: a valid one can be played, written down and read back as it is. */
export function problemsOf({ connections, turns }: Case): string[] {
  const problems: string[] = []
  if (connections.length === 0) problems.push('no connection')
  if (turns.some((on) => connections[on] === undefined)) problems.push(`turns of nobody: ${turns}`)
  for (const { steps, cuts } of connections) {
    if (steps.length === 0) problems.push('a connection without steps')
    if (steps.some((step) => step.do === 'send' && step.bytes.length === 0)) problems.push('a send of nothing')
    if (steps.some((step) => step.do === 'pause' && step.ms < 0)) problems.push('a pause of less than nothing')
    const inOrder = cuts.every((cut, at) => cut > (cuts[at - 1] ?? 0))
    if (!inOrder || (cuts.at(-1) ?? 0) > totalOf(steps)) problems.push(`cuts ${cuts} in ${totalOf(steps)} bytes`)
  }
  return problems
}

function cutsAt(wishes: readonly number[], total: number): number[] {
  if (total === 0) return []
  return [...new Set(wishes.map((wish) => 1 + (wish % total)))].sort((a, b) => a - b)
}

function totalOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.do === 'send' ? step.bytes.length : 0), 0)
}
