// Releases that other people made: one with a known bug, and the one in which it was fixed. They are fetched from the npm
// registry into a folder of their own, which goes when the contest is over; install scripts are not run.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { propertiesOf } from '../properties/catalogue.ts'
import { loadProtocol } from '../src/cli/protocol.ts'
import { monotonic } from '../src/harness/clock.ts'
import { execTarget } from '../src/harness/target/exec-target.ts'
import { freePort } from '../src/harness/target/free-port.ts'
import type { Entrant, Expected } from './entrant.ts'
import { PAIRS, type Pair } from './release-pairs.ts'

/** What takes part, and how to remove it when the contest is over. */
export interface Releases {
  readonly entrants: readonly Entrant[]
  readonly remove: () => void
}

/**
 * Fetches the wanted releases; those that cannot be had are named on the standard error and left out. Each takes part
 * with so many `seeds`, and one without a bug has its cases for all of them.
 */
export async function releases(
  isWanted: (entrant: Pick<Entrant, 'id' | 'kind'>) => boolean,
  seeds: number,
  interrupted: AbortSignal,
): Promise<Releases> {
  const scratch = mkdtempSync(join(tmpdir(), 'tornwire-releases-'))
  const entrants: Entrant[] = []
  for (const pair of PAIRS) {
    for (const [release, expected] of [[pair.bad, pair.expected] as const, [pair.good, undefined] as const]) {
      if (interrupted.aborted || !isWanted({ id: release, kind: 'release' })) continue
      const folder = join(scratch, release)
      const problem = await install(release, folder, interrupted)
      if (problem === undefined) entrants.push(await entrantOf(pair, release, folder, seeds, expected))
      else process.stderr.write(`score: ${release} is left out: ${problem}\n`)
    }
  }
  return { entrants, remove: () => rmSync(scratch, { recursive: true, force: true }) }
}

/** Files that are not built lie in the top folder, two above the built ones. */
const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))

const FETCHED_WITHIN_MS = 120_000
/** Of each claim. */
const CASES = 1_000

async function install(release: string, folder: string, interrupted: AbortSignal): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true })
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--silent', release]
  try {
    await promisify(execFile)('npm', args, { timeout: FETCHED_WITHIN_MS, signal: interrupted })
    return undefined
  } catch (error) {
    return `npm ${args.join(' ')} failed: ${(error as Error).message.split('\n')[0]}`
  }
}

async function entrantOf(
  pair: Pair,
  release: string,
  folder: string,
  seeds: number,
  expected?: Expected,
): Promise<Entrant> {
  const { protocol } = await loadProtocol(path(`examples/${pair.protocol}.ts`))
  return {
    id: release,
    kind: 'release',
    protocol,
    properties: propertiesOf(protocol).filter(({ id }) => !pair.exempt.includes(id)),
    open: async () => {
      const address = { host: '127.0.0.1', port: await freePort('127.0.0.1') }
      const run = [process.execPath, path(`score/servers/${pair.server}.mjs`), folder, `${address.port}`] as const
      return execTarget(release, address, { run: [...run], readyWithinMs: 10_000 }, monotonic)
    },
    ...(expected === undefined ? {} : { expected }),
    budget: { runs: expected === undefined ? Math.ceil(CASES / seeds) : CASES, timeMs: 20_000 },
    concurrency: 8,
  }
}
