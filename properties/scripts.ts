import type { Step } from '../src/harness/case.ts'

/** Each message and then a wait for its answer. */
export function lockstep(messages: readonly Uint8Array[]): Step[] {
  return messages.flatMap((bytes): Step[] => [{ do: 'send', bytes }, { do: 'await' }])
}

/** All messages and then a wait for all answers. */
export function pipelined(messages: readonly Uint8Array[]): Step[] {
  return [...sends(messages), { do: 'await' }]
}

/** All messages, waiting for nothing. */
export function sends(messages: readonly Uint8Array[]): Step[] {
  return messages.map((bytes) => ({ do: 'send', bytes }))
}
