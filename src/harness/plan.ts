// From a case to the flat list of moves that play makes one after another: pure, so that what a case means can be read
// and tested without a socket.
//
// Each script becomes moves of its own; then `turns` weaves them into one order. A segment is followed by a proof (wait
// until the server has read it) where a cut was asked for, and also where the next move belongs to another connection,
// since otherwise the order between connections would be a wish.

import { type Case, type Script, sentBytes } from './case.ts'
import { answerCodec, due, unitsOf } from './hear.ts'
import type { Protocol } from './protocol.ts'
import { weave } from './weave.ts'

/** One move of one connection. Offsets count the bytes that it sends; `units` those of its answers (see `unitsOf`). */
export type Move =
  | {
      readonly do: 'write'
      readonly from: number
      readonly to: number
      /** What rides behind the last byte. */
      readonly tail: 'nothing' | 'fin' | 'rst'
      /**
       * `cut`: a requested cut, counted. `order`: only so that the next move comes after it: that of another connection,
       * or one of our own while we do not read. A server need not read then; it is proven that nothing moves any more.
       */
      readonly prove: 'no' | 'cut' | 'order'
    }
  /** `units`: wait for so many in all; `undefined`: no model, wait until the server is quiet. */
  | { readonly do: 'await'; readonly units: number | undefined }
  | { readonly do: 'pause'; readonly ms: number }
  | { readonly do: 'stop-reading' }
  | { readonly do: 'read-on' }
  | { readonly do: 'fin' }
  | { readonly do: 'rst' }
  /** Read until the server ends its side too, then close. */
  | { readonly do: 'read-to-end' }
  | { readonly do: 'close' }

export interface PlannedMove {
  readonly on: number
  readonly move: Move
}

export interface Plan {
  /** The bytes that each connection sends. */
  readonly bytes: readonly Uint8Array[]
  readonly moves: readonly PlannedMove[]
}

/** What this case means, move by move. */
export function planCase<F>(subject: Case, protocol: Protocol<F>): Plan {
  const bytes = subject.connections.map(sentBytes)
  const queues = subject.connections.map((script, on) => scriptMoves(script, bytes[on] as Uint8Array, protocol))
  const [only] = queues
  if (queues.length === 1 && only !== undefined) return { bytes, moves: only.map((move) => ({ on: 0, move })) }
  return { bytes, moves: proveOrder(weave(queues, subject.turns)) }
}

function scriptMoves<F>(script: Script, bytes: Uint8Array, protocol: Protocol<F>): Move[] {
  const moves: Move[] = []
  const cuts = script.cuts.values()
  let cut = cuts.next().value
  let from = 0
  let to = 0
  let ended = false
  let reads = true
  const flush = (tail: 'nothing' | 'fin' | 'rst'): boolean => {
    while (cut !== undefined && cut <= to) {
      if (cut > from) moves.push({ do: 'write', from, to: cut, tail: 'nothing', prove: 'cut' })
      from = Math.max(from, cut)
      cut = cuts.next().value
    }
    if (to === from) return false
    moves.push({ do: 'write', from, to, tail, prove: reads || tail !== 'nothing' ? 'no' : 'order' })
    from = to
    return true
  }
  for (const step of script.steps) {
    if ('bytes' in step) to += ended ? 0 : step.bytes.length
    else if (step.do === 'reset') {
      if (!flush('rst')) moves.push({ do: 'rst' })
      return moves
    } else if (step.do === 'end') {
      if (!ended && !flush('fin')) moves.push({ do: 'fin' })
      ended = true
    } else {
      flush('nothing')
      reads = step.do === 'pause' ? reads : step.do !== 'stop-reading'
      if (step.do !== 'await') moves.push(step)
      else moves.push({ do: 'await', units: dueUnits(protocol, firstOf(bytes, to), ended) })
    }
  }
  flush('nothing')
  moves.push({ do: ended ? 'read-to-end' : 'close' })
  return moves
}

/** All of it stays the same memory, so that what it means is known already when it is judged. */
function firstOf(bytes: Uint8Array, count: number): Uint8Array {
  return count === bytes.length ? bytes : bytes.subarray(0, count)
}

function dueUnits<F>(protocol: Protocol<F>, bytes: Uint8Array, ended: boolean): number | undefined {
  const reply = due(protocol, bytes, ended)
  return reply && unitsOf(answerCodec(protocol), reply.answers)
}

function proveOrder(moves: readonly PlannedMove[]): PlannedMove[] {
  return moves.map(({ on, move }, at) => {
    const following = moves[at + 1]
    const needs = move.do === 'write' && move.prove === 'no' && move.tail === 'nothing'
    if (!needs || following === undefined || following.on === on) return { on, move }
    return { on, move: { ...move, prove: 'order' } }
  })
}
