// The whole harness at work on a server at an address, by the code that `tornwire fuzz` runs: target, barrier, plain
// conversation, and then `explore` with its real trials.

import { sanity } from '../properties/sanity.ts'
import type { Address } from '../src/harness/address.ts'
import { monotonic } from '../src/harness/clock.ts'
import { explore } from '../src/harness/hunt/explore.ts'
import type { Run } from '../src/harness/hunt/run.ts'
import { acquaint } from '../src/harness/plain-talk.ts'
import type { Table } from '../src/harness/play.ts'
import { onStage } from '../src/harness/stage.ts'
import { addressTarget } from '../src/harness/target/address-target.ts'
import { messagesOnly, uncut } from './uncut.ts'

/** How much to play. The warm-up comes before, is not counted, and lets the code be compiled. */
export interface Load {
  readonly cases: number
  readonly warmUp: number
  /** Cases in flight at once. */
  readonly concurrency: number
  readonly seed: number
}

/** What it came to. */
export interface Throughput {
  readonly conversationsPerSecond: number
  readonly conversations: number
  readonly seconds: number
  /** CPU time of this process for one conversation, in microseconds. */
  readonly cpuMicroseconds: { readonly user: number; readonly system: number }
  /** Resident memory while it went on: cases played so far, bytes. */
  readonly resident: readonly (readonly [cases: number, bytes: number])[]
}

/** Memory is sampled so many times in a run. */
const SAMPLES = 100

/** Plays uncut conversations. Throws where one of them fails or cannot be judged: then the figure means nothing. */
export async function exploreUncut(address: Address, load: Load): Promise<Throughput> {
  const interrupted = new AbortController().signal
  const target = addressTarget(`${address.host}:${address.port}`, address, monotonic)
  return onStage(target, interrupted, async (table) => {
    const { patience, servesTwo } = await acquaint({ target, protocol: messagesOnly, sanity, interrupted }, table)
    const run = {
      ...blank,
      target,
      sanity,
      table,
      patience,
      servesTwo,
      interrupted,
      seed: load.seed,
      concurrency: load.concurrency,
    }
    await allPass(run, 0, load.warmUp)
    return measured(run, load, table)
  })
}

const blank = {
  tool: { name: 'bench', version: '0' },
  protocol: messagesOnly,
  reportDir: '',
  observer: {},
}

async function measured(run: Omit<Run, 'runs'>, { warmUp, cases }: Load, table: Table): Promise<Throughput> {
  const resident: [number, number][] = []
  const every = Math.max(1, Math.floor(cases / SAMPLES))
  const cpu = process.cpuUsage()
  const began = table.now()
  const conversations = await allPass(run, warmUp, warmUp + cases, (done) => {
    if (done % every === 0) resident.push([done, process.memoryUsage.rss()])
  })
  const seconds = (table.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    conversationsPerSecond: conversations / seconds,
    conversations,
    seconds,
    cpuMicroseconds: { user: user / conversations, system: system / conversations },
    resident,
  }
}

async function allPass(
  run: Omit<Run, 'runs'>,
  from: number,
  runs: number,
  tick: (done: number) => void = () => {},
): Promise<number> {
  const explored = await explore(uncut, { ...run, runs }, from, Number.POSITIVE_INFINITY, [], ({ cases }) =>
    tick(cases),
  )
  const { failed, unjudged, conversations } = explored
  if (failed?.trial.verdict.is === 'fail') {
    const { expected, actual } = failed.trial.verdict
    throw new Error(`the server does not echo: case ${failed.index}: expected ${expected}; got ${actual}`)
  }
  if (unjudged.count > 0) throw new Error(`${unjudged.count} cases could not be judged: ${unjudged.why}`)
  return conversations
}
