import type { Arbitrary } from 'fast-check'
import type { Case } from '../case.ts'
import { chanceFor } from '../chance.ts'
import type { Property } from '../property.ts'
import { ProtocolFault } from '../protocol-fault.ts'
import type { Run } from './run.ts'

/** The case of a property with this number, always the same; or which function of the protocol could not make it. */
export function caseOf(
  cases: Arbitrary<Case>,
  property: Property,
  run: Run,
  index: number,
): Case | { readonly fault: string } {
  try {
    if (index === 0 && property.smallest !== undefined) return property.smallest(run.protocol)
    return cases.generate(chanceFor(run.seed, property.id, index), undefined).value
  } catch (error) {
    if (error instanceof ProtocolFault) return { fault: error.message }
    throw error
  }
}
