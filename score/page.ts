import { figure, table } from '../bench/table.ts'
import { type Entry, followed, isFound, type Score, shareAtMinimum } from './tally.ts'
import { UNPLANTED } from './unplanted.ts'

/** How the score was made. */
export interface Conditions {
  readonly seeds: readonly number[]
  /** Beside processes that never rest. */
  readonly load: boolean
}

/** The score as a Markdown page. */
export function page(score: Score, { seeds, load }: Conditions): string {
  const { planted, found, atMinimum, correct, falseAlarms, unjudged, releases, entries } = score
  const often = seeds.length > 1 ? ' in nine of ten runs at least' : ''
  const doubts = unjudged === 0 ? '' : ` (${unjudged} not judged in full)`
  const some = entries.filter(({ expected }) => expected !== 'pass')
  const right = entries.filter(({ expected }) => expected === 'pass')
  const caught =
    releases.bad === 0 ? '' : ` Releases of others with a known bug: ${releases.caught} of ${releases.bad}.`
  return `# Score

${found} of ${planted} planted bugs found${often}, ${atMinimum} of them shrunk to the smallest case that is known; ${falseAlarms} false alarms on ${correct} right servers${doubts}.${caught}${notFound(some)}
Seeds ${seeds.join(', ')}${load ? ', beside two processes that never rest' : ''}; figures are medians. Sizes are connections / frames / cuts / bytes.${unshrunk(score)}

${table(['bug', 'found', 'by', 'cases', 'seconds', 'shrunk to', 'smallest known'], some.map(bugRow))}

${table(['right server', 'verdict', 'cases', 'seconds', ''], right.map(rightRow))}

${table(
  ['bug for which none is planted', 'why'],
  UNPLANTED.map(({ bug, why }) => [bug, why]),
)}
`
}

function notFound(some: readonly Entry[]): string {
  const names = some.filter((entry) => !isFound(entry)).map(({ id }) => id)
  return names.length === 0 ? '' : ` Not found: ${names.join(', ')}.`
}

function unshrunk({ entries }: Score): string {
  const { failing, shrunk } = followed(entries)
  if (shrunk === failing) return ''
  return ` Of ${figure(failing)} runs that met a bug, ${figure(shrunk)} went on to shrink and confirm it; the others ended when it had failed again alone.`
}

function bugRow(entry: Entry): string[] {
  const { id, kind, verdict, rule, expected, cases, seconds, minimum } = entry
  const name = kind === 'planted' ? id : `${id} (${kind})`
  const share = shareAtMinimum(entry)
  const small =
    share > 0 && share < 1 ? ' (not every time)' : share === 1 && isBelow(entry) ? ' (smaller than known)' : ''
  const by = isFound(entry) ? rule : `${rule || 'nothing'} (expected ${expected})`
  const shrunk = entry.connections === undefined ? '' : `${sizeText(entry)}${small}`
  return [name, verdict, by, figure(cases), figure(seconds, 2), shrunk, minimum === undefined ? '' : sizeText(minimum)]
}

function rightRow({ id, verdict, rule, cases, seconds }: Entry): string[] {
  return [id, verdict, figure(cases), figure(seconds, 1), rule]
}

function sizeText(size: { [key in 'connections' | 'frames' | 'cuts' | 'bytes']?: number }): string {
  return [size.connections, size.frames, size.cuts, size.bytes].map((each) => figure(each ?? 0)).join(' / ')
}

function isBelow({ minimum, ...entry }: Entry): boolean {
  return minimum !== undefined && sizeText(entry) !== sizeText(minimum)
}
