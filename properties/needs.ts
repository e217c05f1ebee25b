import type { Protocol } from '../src/harness/protocol.ts'

/** Why a property that compares with the model does not apply. */
export function needsModel(protocol: Protocol): string | undefined {
  return protocol.model === undefined ? `protocol ${protocol.name} has no model of the answers` : undefined
}
