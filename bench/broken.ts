// The servers with planted bugs: how long until each is found and shrunk, run as a user runs it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { monotonic } from '../src/harness/clock.ts'
import type { RunResult } from '../src/harness/result.ts'
import { CATALOGUE } from '../src/servers-under-test/catalogue.ts'
import type { Section } from './section.ts'
import { median } from './statistics.ts'
import { figure, table } from './table.ts'

const SEEDS = [1, 2, 3]
const PROGRAM = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))

/** One run of `tornwire fuzz`. Seconds count from its start, and so with the start of the program and of the server. */
interface Hunt {
  readonly server: string
  readonly seed: number
  readonly property: string
  readonly rule: string
  readonly casesToFailure: number
  readonly firstSeconds: number
  readonly shrunkSeconds: number
  readonly size: string
  readonly confirmed: string
}

export async function broken(): Promise<Section> {
  const hunts: (Hunt | Missed)[] = []
  const names = Object.keys(CATALOGUE).filter((name) => name.startsWith('broken/'))
  for (const server of names) for (const seed of SEEDS) hunts.push(await fuzz(server, seed))
  const rows = names.map((name) =>
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
  const result = join(folder, 'result.json')
  const protocol = CATALOGUE[server]?.protocols[0] ?? 'frame'
  const options = ['--protocol', protocol, '--seed', `${seed}`, '--report-dir', folder, '--json', result, '--quiet']
  const began = { clock: monotonic(), date: Date.now() }
  let first: number | undefined
  // The first report stands as soon as a failure is believed, and is replaced while it shrinks.
  const watcher = watch(folder, (_, file) => {
    if (file?.endsWith('.json') && file !== 'result.json') first ??= monotonic()
  })
  const child = spawn(process.execPath, [PROGRAM, 'fuzz', `builtin:${server}`, ...options], { stdio: 'ignore' })
  await once(child, 'exit')
  watcher.close()
  const run = JSON.parse(readFileSync(result, 'utf8')) as RunResult
  const failed = run.properties.find(({ failure }) => failure !== undefined)
  if (failed?.failure === undefined) return { server, seed, verdict: `${run.verdict}: ${run.why ?? ''}` }
  const { rule, casesToFailure, connections, frames, cuts, bytes, confirmed, case: path } = failed.failure
  return {
    server,
    seed,
    property: failed.id,
    rule,
    casesToFailure,
    firstSeconds: ((first ?? Number.NaN) - began.clock) / 1000,
    shrunkSeconds: (statSync(path).mtimeMs - began.date) / 1000,
    size: `${connections} conn., ${frames} fr., ${cuts} cuts, ${bytes} B`,
    confirmed: `${confirmed.failed} of ${confirmed.tried}`,
  }
}
