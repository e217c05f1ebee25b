import { counted } from './counted.ts'

const WIDTH = 16
const ALL_UP_TO = 64
const FIRST = 8
const LAST = 4
const MOST_CUT_ROWS = 40

/**
 * Bytes as hex and text, 16 a line after the decimal offset, with a `|` where they are cut. Of long data the first and
 * last lines and those with cuts are shown; what is left out is counted.
 */
export function hexdump(bytes: Uint8Array, cuts: readonly number[]): string[] {
  const rows = Math.ceil(bytes.length / WIDTH)
  const marks = new Set(cuts)
  const wanted = rows <= ALL_UP_TO ? undefined : rowsToShow(rows, cuts)
  const lines: string[] = []
  for (let row = 0; row < rows; ) {
    let next = row + 1
    if (wanted === undefined || wanted.has(row)) lines.push(lineOf(bytes, row * WIDTH, marks))
    else {
      while (next < rows && !wanted.has(next)) next += 1
      lines.push(gap(row * WIDTH, next * WIDTH, cuts))
    }
    row = next
  }
  return lines
}

function rowsToShow(rows: number, cuts: readonly number[]): Set<number> {
  const wanted = new Set<number>()
  for (let row = 0; row < FIRST; row += 1) wanted.add(row)
  for (let row = rows - LAST; row < rows; row += 1) wanted.add(row)
  for (const cut of cuts.slice(0, MOST_CUT_ROWS)) wanted.add(Math.floor((cut - 1) / WIDTH)).add(Math.floor(cut / WIDTH))
  return wanted
}

function lineOf(bytes: Uint8Array, start: number, marks: ReadonlySet<number>): string {
  const end = Math.min(start + WIDTH, bytes.length)
  let hex = ''
  let text = ''
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!
    hex += (marks.has(at) ? '|' : ' ') + byte.toString(16).padStart(2, '0')
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
  }
  if (end === bytes.length && marks.has(end)) hex += '|'
  return `${String(start).padStart(8)} ${hex.padEnd(3 * WIDTH + 1)}  ${text}`
}

function gap(from: number, to: number, cuts: readonly number[]): string {
  const hidden = cuts.filter((cut) => cut >= from && cut < to).length
  const torn = hidden === 0 ? '' : `, ${counted(hidden, 'cut')}`
  return `${'…'.padStart(8)}  ${counted(to - from, 'byte')} not shown${torn}`
}
