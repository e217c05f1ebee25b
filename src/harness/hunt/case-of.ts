import type { Arbitrary } from 'fast-check'
import type { Case } from '../case.ts'
import { chanceFor } from '../chance.ts'
import type { Property } from '../property.ts'
import { ProtocolFault } from '../protocol-fault.ts'
import type { Run } from './run.ts'

/** The case of a property with this number, always the same. Throws `ProtocolFault` where the protocol cannot make it. */
export function numberedCase(
  cases: Arbitrary<Case>,
  property: Pick<Property, 'id' | 'firsts'>,
  { protocol, seed }: Pick<Run, 'protocol' | 'seed'>,
  index: number,
): Case {
  const first = property.firsts?.[index]
  if (first !== undefined) return first(protocol)
  return cases.generate(chanceFor(seed, property.id, index), undefined).value
}

/** The same, or which function of the protocol could not make it. */
export function caseOf(
  cases: Arbitrary<Case>,
  property: Property,
  run: Run,
  index: number,
): Case | { readonly fault: string } {
  try {
    return numberedCase(cases, property, run, index)
  } catch (error) {
    if (error instanceof ProtocolFault) return { fault: error.message }
    throw error
  }
}
