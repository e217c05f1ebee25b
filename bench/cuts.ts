// What a proven cut costs, and whether it is one: the server reports the size of each of its reads, so it can be counted
// at how many of the requested offsets a read of its really ended. Beside it, a careful writer without the barrier.

import { once } from 'node:events'
import { connect } from 'node:net'
import { echo } from '../properties/protocols/echo.ts'
import type { Case } from '../src/harness/case.ts'
import { monotonic } from '../src/harness/clock.ts'
import { levelsFor } from '../src/harness/patience.ts'
import { planCase } from '../src/harness/plan.ts'
import { play, type Table } from '../src/harness/play.ts'
import { onStage } from '../src/harness/stage.ts'
import { addressTarget } from '../src/harness/target/address-target.ts'
import type { Section } from './section.ts'
import { quantile } from './statistics.ts'
import { figure, table } from './table.ts'
import { type CPrograms, nodeYardstick, type RunningServer, startServer } from './yardstick.ts'

const CASES = 60
const WARM_UP = 20
/** One byte each; after the last follows the close. */
const SEGMENTS = 65

interface Torn {
  readonly server: string
  readonly writer: string
  /** Microseconds from one cut to the next. */
  readonly costs: readonly number[]
  readonly requested: number
  readonly seen: number
}

export async function cuts(c: CPrograms | undefined): Promise<Section> {
  const measured: Torn[] = []
  for (const [server, program, args] of readers(c)) {
    const running = await startServer(program, args)
    try {
      measured.push(await withBarrier(server, running), await withoutBarrier(server, running))
    } finally {
      running.stop()
    }
  }
  const rows = measured.map(({ server, writer, costs, requested, seen }) => [
    `${server}, ${writer}`,
    figure(quantile(costs, 0.5), 1),
    figure(quantile(costs, 0.9), 1),
    figure(requested),
    `${figure((100 * seen) / requested, 1)} %`,
  ])
  return {
    title: 'Cuts: what one costs on loopback, and whether the server saw it',
    text: table(['server, writer', 'µs a segment, median', 'p90', 'cuts asked for', 'seen by the server'], rows),
    data: measured.map(({ costs, ...rest }) => ({
      ...rest,
      medianMicroseconds: quantile(costs, 0.5),
      p90Microseconds: quantile(costs, 0.9),
    })),
  }
}

function readers(c: CPrograms | undefined): readonly (readonly [string, string, readonly string[]])[] {
  const node = ['evented Node server', process.execPath, [nodeYardstick('reads')]] as const
  return c === undefined ? [node] : [['blocking C server', c.reads, []], node]
}

async function withBarrier(server: string, running: RunningServer): Promise<Torn> {
  const address = { host: '127.0.0.1', port: running.port }
  const target = addressTarget(server, address, monotonic)
  return onStage(target, new AbortController().signal, async (stage) => {
    await readSizes(running)
    const costs: number[] = []
    let seen = 0
    for (let count = 0; count < WARM_UP + CASES; count++) {
      const between = await playTorn(stage)
      const hits = cutsSeen(await readSizes(running))
      if (count < WARM_UP) continue
      costs.push(...between)
      seen += hits
    }
    return { server, writer: `tornwire (${stage.barrier.kind})`, costs, requested: CASES * (SEGMENTS - 1), seen }
  })
}

/** A case with a cut after every byte but the last. Gives the microseconds between cuts. */
async function playTorn(stage: Table): Promise<number[]> {
  const cuts = Array.from({ length: SEGMENTS - 1 }, (_, at) => at + 1)
  const subject: Case = { connections: [{ steps: [{ do: 'send', bytes: new Uint8Array(SEGMENTS) }], cuts }], turns: [] }
  const { events } = await play(planCase(subject, echo), echo, levelsFor(0, undefined).full, stage)
  const times = events.filter(({ did }) => did === 'cut').map(({ at }) => 1000 * at)
  return times.slice(1).map((time, at) => time - (times[at] as number))
}

/** Awaited small writes with TCP_NODELAY: what a careful test does that knows nothing of the server's reads. */
async function withoutBarrier(server: string, running: RunningServer): Promise<Torn> {
  const costs: number[] = []
  let seen = 0
  for (let count = 0; count < CASES; count++) {
    const socket = connect({ port: running.port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    for (let sent = 0; sent < SEGMENTS; sent++) {
      const before = monotonic()
      await new Promise((resolve) => socket.write(new Uint8Array(1), resolve))
      costs.push(1000 * (monotonic() - before))
    }
    socket.destroy()
    seen += cutsSeen(await readSizes(running))
  }
  return { server, writer: 'awaited writes, no barrier', costs, requested: CASES * (SEGMENTS - 1), seen }
}

async function readSizes(running: RunningServer): Promise<number[]> {
  const { done, value } = await running.lines.next()
  if (done) throw new Error('the server that reports its reads has ended')
  return JSON.parse(value)
}

/** Every offset inside the stream was asked for, so each read but the last one ends at a requested cut. */
function cutsSeen(sizes: readonly number[]): number {
  return Math.max(0, sizes.length - 1)
}
