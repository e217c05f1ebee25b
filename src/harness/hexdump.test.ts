import { expect, test } from 'vitest'
import { hexdump } from './hexdump.ts'

test('cuts are marked between the bytes that they part, also at the end of a line and of the data', () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, at) => 0x41 + at)
  expect(hexdump(bytes, [3, 16, 20])).toEqual([
    '       0  41 42 43|44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50   ABCDEFGHIJKLMNOP',
    '      16 |51 52 53 54|                                      QRST',
  ])
})

test('of a mebibyte the ends and the cuts are shown, and the rest is counted', () => {
  const lines = hexdump(new Uint8Array(1 << 20), [500_000])
  expect(lines.length).toBeLessThan(20)
  expect(lines.filter((line) => line.includes('|'))).toEqual([expect.stringMatching(/^ {2}500000 \|00 00/)])
  expect(lines).toContainEqual('       …  499,856 bytes not shown')
})

test('cuts that are not shown are counted', () => {
  const cuts = Array.from({ length: 4_000 }, (_, at) => 16 * (at + 1))
  const dump = hexdump(new Uint8Array(1 << 16), cuts).join('\n')
  const shown = dump.match(/\|/g)?.length ?? 0
  const hidden = [...dump.matchAll(/([\d,]+) cuts?$/gm)].reduce(
    (sum, [, count]) => sum + Number(count!.replace(',', '')),
    0,
  )
  expect(shown + hidden).toBe(cuts.length)
})
