import type { Case } from '../case.ts'
import type { Patience } from '../patience.ts'
import type { Property } from '../property.ts'
import { type Trial, tryCase } from '../trial.ts'
import type { Run } from './run.ts'

/** What it takes to play a case alone. */
export type Stage = Pick<Run, 'target' | 'protocol' | 'table' | 'interrupted' | 'servesTwo' | 'patience'>

/** The rule that every case must keep, whatever its property claims. */
export const CRASH = 'crash'

/**
 * Plays a case with nothing else in flight, on a server that is up, and sees whether the server survives it: if it is
 * ours and has ended, that is the verdict. `gone` where there is no server to play against.
 */
export async function tryAlone(
  property: Property,
  stage: Stage,
  subject: Case,
  patience: Patience,
): Promise<Trial | 'gone'> {
  const { target, protocol, table } = stage
  if ((await target.ready()) === 'gone') return 'gone'
  target.forget()
  const trial = await tryCase(property, subject, protocol, patience, table)
  const exit = await target.died()
  const output = target.output()
  if (exit === undefined) return output === '' ? trial : { ...trial, server: { output } }
  const verdict = { is: 'fail', rule: CRASH, expected: 'the server lives on', actual: `the server ${exit}` } as const
  return { ...trial, verdict, server: { output, exit } }
}
