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

/** A line for each server in each protocol, and below the table each reason that it names, numbered. */
export function styleTable(rows: readonly Row[]): string {
  const lines = rows.map(({ server, protocol, cells }) => ({ heads: [`\`${server}\``, protocol], cells }))
  return table(['style', 'protocol'], lines, columnsOf(rows))
}

/** A line for each server: what holds in every protocol that has the claim. Claims of one protocol alone are one column. */
export function styleSummary(rows: readonly Row[]): string {
  const servers = [...new Set(rows.map(({ server }) => server))]
  const lines = servers.map((server) => ({ heads: [`\`${server}\``], cells: merged(rows, server) }))
  return table(['style'], lines, [...columnsOf(rows).filter(isOfAll), OWN])
}

const OWN = 'those of the protocol'

interface Line {
  readonly heads: readonly string[]
  readonly cells: Readonly<Record<string, Cell>>
}

function table(heads: readonly string[], rows: readonly Line[], ids: readonly string[]): string {
  const reasons = [...new Set(rows.flatMap(({ cells }) => Object.values(cells).map(reasonOf)))].filter(
    (reason) => reason !== undefined,
  )
  const lines = [
    [...heads, ...ids.map((id) => (id === OWN ? id : `\`${id}\``))],
    [...heads.map(() => '---'), ...ids.map(() => ':-:')],
    ...rows.map(({ heads, cells }) => [...heads, ...ids.map((id) => inWords(cells[id], reasons))]),
  ]
  const notes = reasons.map((reason, index) => `(${index + 1}) By design: ${reason}.\n`)
  return `${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}${notes.length > 0 ? '\n' : ''}${notes.join('\n')}`
}

/** Of several protocols the worst: what fails, then what is false by design, then what passes. */
function merged(rows: readonly Row[], server: string): Record<string, Cell> {
  const cells: Record<string, Cell> = {}
  for (const [id, cell] of rows.filter((row) => row.server === server).flatMap((row) => Object.entries(row.cells))) {
    const column = isOfAll(id) ? id : OWN
    const before = cells[column]
    if (before === undefined || cell === 'fails' || before === 'pass') cells[column] = cell
  }
  return cells
}

function isOfAll(id: string): boolean {
  return id.startsWith('any/')
}

/** All claims of these rows. One that only some protocols have stands where those protocols have it. */
function columnsOf(rows: readonly Row[]): string[] {
  const columns: string[] = []
  for (const ids of rows.map(({ cells }) => Object.keys(cells))) {
    for (const [at, id] of ids.entries()) {
      if (columns.includes(id)) continue
      const next = ids.slice(at + 1).find((other) => columns.includes(other))
      columns.splice(next === undefined ? columns.length : columns.indexOf(next), 0, id)
    }
  }
  return columns
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
