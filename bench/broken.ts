// Servers with planted bugs: how long until each is found and shrunk, run as a user runs it. Those here fail in ways that
// every server writer knows; all that there are, are the score's (npm run score).

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { monotonic } from '../src/harness/clock.ts'
import type { RunResult } from '../src/harness/result.ts'
import { entryNamed } from '../src/servers-under-test/catalogue.ts'
import type { Section } from './section.ts'
import { median } from './statistics.ts'
import { figure, table } from './table.ts'

const SEEDS = [1, 2, 3]
const SERVERS = [
  'split-header',
  'coalesced-drop',
  'half-close-drops-answer',
  'utf8-per-chunk',
  'crash-on-rst',
  'deep-half-left',
  'deep-torn-length',
  'deep-error-between',
].map((name) => `broken/${name}`)
const PROGRAM = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))

/** Seconds count from the start of the program, and so hold its own start and the server's. */
interface Times {
  readonly firstSeconds: number
  readonly shrunkSeconds: number
}

/** One run of `tornwire fuzz`. */
interface Hunt extends Times {
  readonly server: string
  readonly seed: number
  readonly property: string
  readonly rule: string
  readonly casesToFailure: number
  readonly size: string
  readonly confirmed: string
}

export async function broken(): Promise<Section> {
  const hunts: (Hunt | Missed)[] = []
  for (const server of SERVERS) for (const seed of SEEDS) hunts.push(await fuzz(server, seed))
  const rows = SERVERS.map((name) =>
    rowOf(
      name,
      hunts.filter(({ server }) => server === name),
    ),
  )
  const head = [
    'server',
    'found',
    'by',
    'cases to the first failure',
    's to it',
    's to the shrunk one',
    'slowest',
    'shrunk to',
  ]
  return {
    title: `Broken servers: \`tornwire fuzz builtin:…\`, seeds ${SEEDS.join(', ')}, medians`,
    text: table(head, rows),
    data: hunts,
  }
}

type Missed = Pick<Hunt, 'server' | 'seed'> & { readonly verdict: string }

function rowOf(name: string, hunts: readonly (Hunt | Missed)[]): string[] {
  const found = hunts.filter((hunt) => 'rule' in hunt)
  const share = `${found.length} of ${hunts.length}`
  const [first] = found
  if (first === undefined) return [name, share, '', '', '', '', '', '']
  const of = (key: 'casesToFailure' | 'firstSeconds' | 'shrunkSeconds'): number =>
    median(found.map((hunt) => hunt[key]))
  return [
    name,
    share,
    [...new Set(found.map(({ property, rule }) => `${property} ${rule}`))].join('; '),
    figure(of('casesToFailure')),
    figure(of('firstSeconds'), 2),
    figure(of('shrunkSeconds'), 2),
    figure(Math.max(...found.map(({ shrunkSeconds }) => shrunkSeconds)), 2),
    `${first.size}, ${first.confirmed}`,
  ]
}

async function fuzz(server: string, seed: number): Promise<Hunt | Missed> {
  const folder = mkdtempSync(join(tmpdir(), 'tornwire-bench-'))
  try {
    return await fuzzInto(folder, server, seed)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fuzzInto(folder: string, server: string, seed: number): Promise<Hunt | Missed> {
  const protocol = (await entryNamed(server))?.protocols[0] ?? 'frame'
  const result = join(folder, 'result.json')
  const times = await untilFirstFailure(folder, [
    ...['fuzz', `builtin:${server}`, '--protocol', protocol, '--seed', `${seed}`],
    ...['--report-dir', folder, '--json', result, '--tap', '-', '--quiet'],
  ])
  const run = JSON.parse(readFileSync(result, 'utf8')) as RunResult
  const failed = run.properties.find(({ failure }) => failure !== undefined)
  if (failed?.failure === undefined) return { server, seed, verdict: `${run.verdict}: ${run.why ?? ''}` }
  const { rule, casesToFailure, connections, frames, cuts, bytes, confirmed } = failed.failure
  const size = `${connections} conn., ${frames} fr., ${cuts} cuts, ${bytes} B`
  const again = `${confirmed.failed} of ${confirmed.tried}`
  return { server, seed, property: failed.id, rule, casesToFailure, ...times, size, confirmed: again }
}

/** Runs the program until the first property has failed, then interrupts it as Ctrl-C would: it writes what it found. */
async function untilFirstFailure(folder: string, args: readonly string[]): Promise<Times> {
  const began = monotonic()
  const seconds = (): number => (monotonic() - began) / 1000
  let firstSeconds: number | undefined
  let shrunkSeconds: number | undefined
  // The first report stands as soon as a failure is believed, and is replaced while it shrinks.
  const watcher = watch(folder, { recursive: true }, (_, file) => {
    if (file?.endsWith('.json') && file !== 'result.json') firstSeconds ??= seconds()
  })
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('not ok') || shrunkSeconds !== undefined) return
    shrunkSeconds = seconds()
    child.kill('SIGINT')
  })
  await once(child, 'close')
  watcher.close()
  return { firstSeconds: firstSeconds ?? Number.NaN, shrunkSeconds: shrunkSeconds ?? Number.NaN }
}
