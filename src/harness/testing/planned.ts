import { expect, it } from 'vitest'
import type { Case } from '../case.ts'
import { letterOf } from '../counted.ts'
import { type Move, type PlannedMove, planCase } from '../plan.ts'
import type { Protocol } from '../protocol.ts'
import { echoed } from './small-protocols.ts'

/** A case and the moves that it means: `A write 0-3 cut; A close`. */
export type Row = readonly [title: string, subject: Case, moves: string]

/** Registers a test for each row. */
export function holds<F = Uint8Array>(rows: readonly Row[], protocol?: Protocol<F>): void {
  it.each(rows)('%s', (_, subject, moves) => {
    expect(
      planCase<unknown>(subject, (protocol ?? echoed) as Protocol)
        .moves.map(inWords)
        .join('; '),
    ).toBe(moves)
  })
}

function inWords({ on, move }: PlannedMove): string {
  return `${letterOf(on)} ${moveInWords(move)}`
}

function moveInWords(move: Move): string {
  if (move.do === 'await') return `await ${move.units ?? 'quiet'}`
  if (move.do === 'pause') return `pause ${move.ms}`
  if (move.do !== 'write') return move.do
  const tail = move.tail === 'nothing' ? '' : ` +${move.tail}`
  return `write ${move.from}-${move.to}${tail}${move.prove === 'no' ? '' : ` ${move.prove}`}`
}
