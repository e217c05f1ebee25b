import type { Protocol } from '../src/harness/protocol.ts'

/** The same function, which finds out once of each protocol what it is asked time and again. */
export function onceFor(tell: (protocol: Protocol) => boolean): (protocol: Protocol) => boolean {
  const known = new WeakMap<Protocol, boolean>()
  return (protocol) => {
    const answer = known.get(protocol) ?? tell(protocol)
    known.set(protocol, answer)
    return answer
  }
}
