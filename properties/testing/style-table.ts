// The table of styles for people: what a run has shown, row by row, as Markdown.

import type { ByDesign } from '../style-expectations.ts'

/** What one claim came to on one server. */
export type Cell = 'pass' | 'fails' | ByDesign

/** One server in one protocol: a cell for each claim that applies, by its id, in the order in which claims are tried. */
export interface Row {
  readonly server: string
  readonly protocol: string
  readonly cells: Readonly<Record<string, Cell>>
}

/** The table, and below it each reason that it names, numbered. */
export function styleTable(rows: readonly Row[]): string {
  const ids = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))].sort(byPlace(rows))
  const reasons = [...new Set(rows.flatMap(({ cells }) => Object.values(cells).map(reasonOf)))].filter(
    (reason) => reason !== undefined,
  )
  const lines = [
    ['style', 'protocol', ...ids.map((id) => `\`${id}\``)],
    ['---', '---', ...ids.map(() => ':-:')],
    ...rows.map(({ server, protocol, cells }) => [
      `\`${server}\``,
      protocol,
      ...ids.map((id) => inWords(cells[id], reasons)),
    ]),
  ]
  const notes = reasons.map((reason, index) => `(${index + 1}) By design: ${reason}.\n`)
  return `${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}${notes.length > 0 ? '\n' : ''}${notes.join('')}`
}

/** Claims that only some protocols have stand where those protocols have them. */
function byPlace(rows: readonly Row[]): (one: string, other: string) => number {
  const longest = rows.map(({ cells }) => Object.keys(cells)).sort((one, other) => other.length - one.length)[0] ?? []
  const place = (id: string): number => (longest.includes(id) ? longest.indexOf(id) : longest.length)
  return (one, other) => place(one) - place(other)
}

function reasonOf(cell: Cell): string | undefined {
  return typeof cell === 'object' ? `${cell.because} (rule \`${cell.rule}\`)` : undefined
}

function inWords(cell: Cell | undefined, reasons: readonly string[]): string {
  if (cell === undefined) return '–'
  if (cell === 'pass') return '✓'
  if (cell === 'fails') return '**fails**'
  return `✗ (${reasons.indexOf(reasonOf(cell) ?? '') + 1})`
}
