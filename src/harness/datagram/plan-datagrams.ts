// From a case of datagrams to the flat list of moves that is played: pure, so that what a fault means can be read and
// tested without a socket.

import { type Case, type DatagramFault, type Script, type Step, sentBytes } from '../case.ts'
import { weave } from '../weave.ts'

/** One move of one client. Offsets count the bytes of its steps, whatever of them leaves. */
export type DatagramMove =
  | { readonly do: 'leave'; readonly from: number; readonly to: number }
  | { readonly do: 'insist'; readonly from: number; readonly to: number; readonly times: number }
  | { readonly do: 'await' }
  | { readonly do: 'pause'; readonly ms: number }

export interface DatagramPlan {
  /** The bytes of each client's steps. */
  readonly bytes: readonly Uint8Array[]
  readonly moves: readonly { readonly on: number; readonly move: DatagramMove }[]
}

/** What this case means, move by move. FIN and RST mean nothing here. */
export function planDatagrams(subject: Case): DatagramPlan {
  const turned = weave(subject.connections.map(movesOf), subject.turns)
  return {
    bytes: subject.connections.map(sentBytes),
    moves: turned.flatMap(({ on, move }) => move.map((each) => ({ on, move: each }))),
  }
}

/** A datagram that waits for so many others to leave before it. */
interface Late {
  by: number
  readonly move: DatagramMove
}

/** The moves of each step. What is late leaves with a later step, and what waits in vain after the last. */
function movesOf({ steps }: Script): readonly (readonly DatagramMove[])[] {
  let late: Late[] = []
  let from = 0
  const turns = steps.map((step): DatagramMove[] => {
    if (!('bytes' in step)) return waiting(step)
    const to = from + step.bytes.length
    const moves = leaving(step, from, to)
    from = to
    const fault = step.do === 'datagram' ? step.fault : undefined
    if (fault?.is === 'late') late.push(...moves.map((move) => ({ by: fault.by, move })))
    if (fault?.is === 'late' || moves.length === 0) return []
    for (const each of late) each.by -= 1
    const overtaken = late.filter(({ by }) => by <= 0).map(({ move }) => move)
    late = late.filter(({ by }) => by > 0)
    return [...moves, ...overtaken]
  })
  return [...turns, late.map(({ move }) => move)]
}

function waiting(step: Step): DatagramMove[] {
  if (step.do === 'await') return [{ do: 'await' }]
  return step.do === 'pause' ? [{ do: 'pause', ms: step.ms }] : []
}

function leaving(step: Extract<Step, { bytes: Uint8Array }>, from: number, to: number): DatagramMove[] {
  if (step.do === 'insist') return [{ do: 'insist', from, to, times: step.times }]
  const fault: DatagramFault | undefined = step.do === 'datagram' ? step.fault : undefined
  if (fault?.is === 'lost') return []
  const end = fault?.is === 'truncated' ? Math.min(to, from + fault.to) : to
  const move: DatagramMove = { do: 'leave', from, to: end }
  return fault?.is === 'doubled' ? [move, move] : [move]
}
