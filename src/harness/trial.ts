import type { Case } from './case.ts'
import type { Patience } from './patience.ts'
import type { Table } from './play.ts'
import { playCase } from './play-case.ts'
import type { Property, Verdict } from './property.ts'
import type { Protocol } from './protocol.ts'
import { ProtocolFault, whyThrown } from './protocol-fault.ts'
import { playAndRestart } from './restarting.ts'
import { playAndMeasure, playAndRest, playSeries } from './series.ts'
import type { Transcript } from './transcript.ts'

/** One case, played and judged. */
export interface Trial {
  readonly subject: Case
  readonly verdict: Verdict
  readonly plays: readonly Case[]
  readonly transcripts: readonly Transcript[]
  /** Connections that were made for it. */
  readonly conversations: number
  readonly cuts: { readonly requested: number; readonly proven: number }
  /** What the server wrote meanwhile and how it ended, where it is ours and the case was played alone. */
  readonly server?: { readonly output: string; readonly exit?: string }
}

/**
 * Plays a case as often as the property asks and judges what was seen. A judge that throws has not judged, and where a
 * function of the protocol fails, nothing was judged either.
 */
export async function tryCase(
  property: Property,
  subject: Case,
  protocol: Protocol,
  patience: Patience,
  table: Table,
): Promise<Trial> {
  const transcripts: Transcript[] = []
  try {
    const { series, looksAt } = property
    const plays = series?.map(() => subject) ?? property.plays?.(subject, protocol) ?? [subject]
    if (looksAt === 'cpu') transcripts.push(await playAndRest(subject, protocol, patience, table))
    else if (looksAt === 'restart') transcripts.push(await playAndRestart(subject, protocol, patience, table))
    else if (series !== undefined) {
      const isOver = (lasts: readonly Transcript[]): boolean => {
        const verdict = judge(property, plays, lasts, protocol)
        return verdict.is !== 'inconclusive' || verdict.early !== true
      }
      const rows = { times: series, rests: looksAt === 'heap', isOver }
      transcripts.push(...(await playSeries(subject, rows, protocol, patience, table)))
    } else {
      const playOnce = looksAt === 'address-space' ? playAndMeasure : playCase
      for (const each of plays) transcripts.push(await playOnce(each, protocol, patience, table))
    }
    const verdict = judge(property, plays, transcripts, protocol)
    // A series may have ended early.
    return { subject, verdict, plays: plays.slice(0, transcripts.length), transcripts, ...totals(transcripts) }
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error
    return { ...unjudged(subject, error.message), ...totals(transcripts) }
  }
}

/** Something was waited for in vain, or until the server was quiet. Who has ended the connection, or reads slowly, answers. */
export function wentUnanswered({ transcripts }: Pick<Trial, 'transcripts'>): boolean {
  return transcripts.some(({ events }) =>
    events.some((event) => event.did === 'waited' && event.why !== 'over' && event.why !== 'enough'),
  )
}

/** A case that came to nothing, and why. */
export function unjudged(subject: Case, why: string): Trial {
  return { subject, verdict: { is: 'inconclusive', why }, plays: [], transcripts: [], ...totals([]) }
}

/** What a property thinks of these plays. */
export function judge(
  property: Property,
  plays: readonly Case[],
  transcripts: readonly Transcript[],
  protocol: Protocol,
): Verdict {
  try {
    return property.check(plays, transcripts, protocol)
  } catch (error) {
    return { is: 'inconclusive', why: `${property.id} could not judge: ${whyThrown(error)}` }
  }
}

function totals(transcripts: readonly Transcript[]): Pick<Trial, 'conversations' | 'cuts'> {
  let conversations = 0
  let requested = 0
  let proven = 0
  for (const { connections } of transcripts) {
    conversations += connections.length
    for (const { cuts } of connections) {
      requested += cuts.requested
      proven += cuts.proven
    }
  }
  return { conversations, cuts: { requested, proven } }
}
