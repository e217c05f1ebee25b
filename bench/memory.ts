// Whether memory grows with the number of cases: one run of many, the resident set sampled all the way.

import { fileURLToPath } from 'node:url'
import type { Throughput } from './explore-uncut.ts'
import type { Section } from './section.ts'
import { median, slope } from './statistics.ts'
import { figure, table } from './table.ts'
import { startEcho } from './throughput.ts'
import { type CPrograms, lastLine } from './yardstick.ts'

const CASES = 200_000
const MIB = 1024 * 1024

export async function memory(c: CPrograms | undefined): Promise<Section> {
  const server = await startEcho(c)
  try {
    const bench = fileURLToPath(new URL('bench.js', import.meta.url))
    const args = [bench, '--throughput', `127.0.0.1:${server.port}`, '--cases', `${CASES}`, '--json']
    const { resident } = (await lastLine(process.execPath, args)) as Throughput
    const quarter = Math.floor(resident.length / 4)
    const mib = (samples: Throughput['resident']): number => median(samples.map(([, bytes]) => bytes)) / MIB
    const [first, last] = [mib(resident.slice(0, quarter)), mib(resident.slice(-quarter))]
    // The heap takes its time to find its size: growth is what goes on after that.
    const bytesPerCase = slope(resident.slice(2 * quarter))
    return {
      title: `Memory: ${figure(CASES)} cases in one run`,
      text: table(
        ['first quarter, MiB', 'last quarter, MiB', 'slope of the second half, bytes per case'],
        [[figure(first, 1), figure(last, 1), figure(bytesPerCase, 1)]],
      ),
      data: { cases: CASES, firstQuarterMiB: first, lastQuarterMiB: last, bytesPerCase },
    }
  } finally {
    server.stop()
  }
}
