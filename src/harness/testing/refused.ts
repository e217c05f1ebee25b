import { expect } from 'vitest'
import { ProtocolError, toProtocol } from '../protocol-definition.ts'

/** Expects a definition to be refused with a message that holds `message`. */
export function refused(definition: unknown, message: string): void {
  expect(() => toProtocol(definition)).toThrow(ProtocolError)
  expect(() => toProtocol(definition)).toThrow(message)
}
