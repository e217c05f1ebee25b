/** Whether the text of a line is `TIME METRIC VALUE`, as collector.md has it. */
export function isMeasurement(text: Uint8Array): boolean {
  const line = utf8(text)
  const parts = line === undefined ? null : SHAPE.exec(line)
  if (parts === null) return false
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// Metric: anything but controls and the space. Hours to seconds are in range by their digits; dates are looked at apart.
const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z [^\0-\x20\x7f]+ -?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
