import type { Script, Step } from '../src/harness/case.ts'

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

/** Whether a script waits for the answers to all that it says, and is not reset; it may end its side after that. */
export function waitsForAll({ steps }: Script): boolean {
  const last = (what: Step['do']): number => steps.findLastIndex((step) => step.do === what)
  const firstEnd = steps.findIndex((step) => step.do === 'end')
  return last('await') > last('send') && last('reset') === -1 && (firstEnd === -1 || firstEnd > last('await'))
}

/** Whether a script ends its side after all that it says, and then reads to the end. */
export function endsItself({ steps }: Script): boolean {
  return steps.at(-1)?.do === 'end'
}
