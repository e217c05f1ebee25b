import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentBytes } from './case.ts'
import { reportFromJson, reportToJson } from './report-json.ts'
import { anyReport } from './testing/arbitrary-report.ts'
import { HOSTILE, UNSAFE } from './testing/hostile-text.ts'
import { sampleReport } from './testing/sample-report.ts'

test('any report is read back as it was written', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(reportFromJson(reportToJson(report))).toStrictEqual(report)
    }),
  )
})

test.each(Object.entries(HOSTILE))('%s is kept to the letter, in a file that is safe to show', (_, text) => {
  const report = sampleReport({ expected: text, actual: text, server: { output: text } })
  const json = reportToJson(report)
  expect(json).not.toMatch(UNSAFE)
  expect(reportFromJson(json)).toStrictEqual(report)
})

test('a mebibyte of bytes is read back', () => {
  const bytes = Uint8Array.from({ length: 1 << 20 }, (_, at) => at * 31)
  const steps = [{ do: 'send', bytes }] as const
  const { connections } = reportFromJson(
    reportToJson(sampleReport({ case: { connections: [{ steps, cuts: [1 << 20] }], turns: [] } })),
  ).case
  expect(connections[0]!.cuts).toEqual([1 << 20])
  expect(Buffer.compare(sentBytes(connections[0]!), bytes)).toBe(0)
})

test('of a flood of answers the first are kept, and how many there were', () => {
  const [first] = sampleReport().transcripts
  const flooded = { ...first!.connections[0]!, received: new Uint8Array(1 << 22).fill(0x61) }
  const json = reportToJson(sampleReport({ transcripts: [{ ...first!, connections: [flooded] }] }))
  expect(json.length).toBeLessThan(140_000)
  expect(reportFromJson(json).transcripts[0]!.connections[0]).toStrictEqual({
    ...flooded,
    received: flooded.received.slice(0, 65_536),
    receivedLength: 1 << 22,
  })
})

test('of much that was left behind the first is kept, and how much there was', () => {
  const [first] = sampleReport().transcripts
  const json = reportToJson(sampleReport({ transcripts: [{ ...first!, observed: 'line\n'.repeat(1 << 20) }] }))
  expect(json.length).toBeLessThan(100_000)
  expect(reportFromJson(json).transcripts[0]).toMatchObject({
    observed: 'line\n'.repeat(14_000).slice(0, 65_536),
    observedLength: 5 << 20,
  })
})

test('steps, events and cuts are on a line each, for people', () => {
  const json = reportToJson(sampleReport())
  expect(json).toContain('\n  "tornwire": 1,\n')
  expect(json).toContain('{"do":"send","bytes":"61"}')
  expect(json).toContain('\n        {"at":0.312,"on":0,"did":"sent","from":0,"to":1},\n')
})
