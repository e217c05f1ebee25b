import type { Case, Script, Step } from '../case.ts'

/** A send of this text or these bytes. */
export function send(what: string | Uint8Array): Step {
  return { do: 'send', bytes: typeof what === 'string' ? Buffer.from(what, 'latin1') : what }
}

export const awaitAll: Step = { do: 'await' }
export const end: Step = { do: 'end' }
export const reset: Step = { do: 'reset' }
export const stopReading: Step = { do: 'stop-reading' }
export const readOn: Step = { do: 'read-on' }
export const pause = (ms: number): Step => ({ do: 'pause', ms })

/** What one connection does. */
export function script(steps: readonly Step[], cuts: readonly number[] = []): Script {
  return { steps, cuts }
}

/** A case of one connection. */
export function alone(steps: readonly Step[], cuts: readonly number[] = []): Case {
  return { connections: [script(steps, cuts)], turns: [] }
}
