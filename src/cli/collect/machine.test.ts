import { expect, test } from 'vitest'
import { isMeasurement } from '../../servers-under-test/protocols/measurement.ts'
import { measurements, readMachine } from './machine.ts'

test('this machine is measured in lines that a collector stores', () => {
  const reading = readMachine()
  const lines = measurements(new Date(1_790_000_000_123), { ...reading, host: 'my host\n' })
  expect(lines).toHaveLength(6)
  expect(lines.filter((line) => !isMeasurement(Buffer.from(line)))).toEqual([])
  expect(lines[5]).toBe(`2026-09-21T14:13:20.123Z my_host_.load.1m ${reading.load}`)
  expect(reading.cpu.idle).toBeGreaterThan(0)
  expect(reading.memory.used).toBeGreaterThan(0)
  expect(reading.memory.total).toBeGreaterThan(reading.memory.used)
})
