// A Case is everything that tornwire does to a server in one trial, as plain data. It needs no seed, no generator and
// no version of ours to be played again. It has three axes that are generated, shrunk and replayed independently:
//
//   what is said          connections[].steps
//   where it is torn      connections[].cuts
//   who moves when        turns

import { roomFor } from '../codec/slices.ts'
import { ShortMemory } from './short-memory.ts'

/** One thing that a connection does. Bytes are exactly those that go on the wire, well-formed or not. */
export type Step =
  /** Send these bytes. Sends that follow each other leave in one write unless a cut lies between them. */
  | { readonly do: 'send'; readonly bytes: Uint8Array }
  /** Wait until everything that is due for what was sent so far has come (without a model: until the server is quiet). */
  | { readonly do: 'await' }
  /** Do nothing for `ms` milliseconds. */
  | { readonly do: 'pause'; readonly ms: number }
  /**
   * Read nothing from here on: answers pile up in the kernel, and then in the server. As the first step, with a receive
   * buffer and segments that are small from the beginning, where the system allows.
   */
  | { readonly do: 'stop-reading' }
  /** Read again. An await, and reading to the end, do so by themselves. */
  | { readonly do: 'read-on' }
  /** End our side (FIN, a half-close), go on reading. Straight after a send the FIN rides on the last data segment. */
  | { readonly do: 'end' }
  /** Abort with RST. */
  | { readonly do: 'reset' }
  /** Over UDP: send these bytes, or none, as one datagram, and let that happen to it on its way. */
  | { readonly do: 'datagram'; readonly bytes: Uint8Array; readonly fault?: DatagramFault }
  /** Over UDP: send these bytes as one datagram and, as long as nothing comes back, again, `times` times at the most. */
  | { readonly do: 'insist'; readonly bytes: Uint8Array; readonly times: number }

/** What a network may do to a datagram. It is done before the datagram leaves, so that the server must see it. */
export type DatagramFault =
  | { readonly is: 'lost' }
  | { readonly is: 'doubled' }
  /** The next `by` datagrams of the same client overtake it. */
  | { readonly is: 'late'; readonly by: number }
  /** Only its first `to` bytes arrive. */
  | { readonly is: 'truncated'; readonly to: number }

/** What one connection does, from connect to close. Over UDP a connection is a client's socket. */
export interface Script {
  readonly steps: readonly Step[]
  /**
   * Where the bytes that this connection sends are torn: ascending offsets into their concatenation, 1 … total. At each,
   * the harness waits until the server has read all bytes before it. A cut at `total` tears the last byte from the FIN
   * or RST that follows.
   */
  readonly cuts: readonly number[]
}

/**
 * Connections and the order in which they move. A move is a connect together with the first segment, a further segment,
 * an await, a pause, an end, a reset, or the close after the last step; over UDP, a step. `turns` names the connection
 * that makes the next move; when it is used up, the connections finish one after another in their order.
 */
export interface Case {
  readonly connections: readonly Script[]
  readonly turns: readonly number[]
}

/** All bytes that a script sends, in order; for a while, the same memory each time. What stands behind an end can never leave. */
export function sentBytes(script: Script): Uint8Array {
  const known = joinedOf.get(script)
  if (known !== undefined) return known
  const bytes = joinSends(script)
  joinedOf.set(script, bytes)
  return bytes
}

/** They are asked for when a case is planned and each time that it is judged. */
const joinedOf = new ShortMemory<Script, Uint8Array>()

function joinSends({ steps }: Script): Uint8Array {
  const over = steps.findIndex((step) => step.do === 'end' || step.do === 'reset')
  const sends = (over === -1 ? steps : steps.slice(0, over)).filter((step) => 'bytes' in step)
  const [first] = sends
  if (sends.length === 1 && first !== undefined) return first.bytes
  const joined = roomFor(sends.reduce((total, { bytes }) => total + bytes.length, 0))
  let at = 0
  for (const { bytes } of sends) {
    joined.set(bytes, at)
    at += bytes.length
  }
  return joined
}

/** Its steps are those of datagrams. Over TCP a datagram is a send like any other, and over UDP a send is a datagram. */
export function isOfDatagrams({ connections }: Case): boolean {
  return connections.some(({ steps }) => steps.some((step) => step.do === 'datagram' || step.do === 'insist'))
}

/** How large a case is, for people and for the result file. A frame is one `send`, or one datagram. */
export function caseSize(subject: Case): { connections: number; frames: number; cuts: number; bytes: number } {
  let frames = 0
  let cuts = 0
  let bytes = 0
  for (const script of subject.connections) {
    cuts += script.cuts.length
    for (const step of script.steps) {
      if (!('bytes' in step)) continue
      frames += 1
      bytes += step.bytes.length
    }
  }
  return { connections: subject.connections.length, frames, cuts, bytes }
}
