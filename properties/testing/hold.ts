import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { campaign } from '../../src/harness/campaign.ts'
import { monotonic } from '../../src/harness/clock.ts'
import type { Property } from '../../src/harness/property.ts'
import type { Protocol } from '../../src/harness/protocol.ts'
import type { RunResult } from '../../src/harness/result.ts'
import { type Command, execTarget } from '../../src/harness/target/exec-target.ts'
import { freePort } from '../../src/harness/target/free-port.ts'
import type { Target } from '../../src/harness/target/target.ts'
import { propertiesOf } from '../catalogue.ts'
import { builtInProtocols, protocolsIn } from '../protocols/built-in.ts'
import { sanity } from '../sanity.ts'

/** A server for a port: how to start it. It speaks a protocol that is built in. */
export interface ServerUnderTest {
  readonly name: string
  readonly protocol: string
  /** The protocol as it is to be spoken to this server, where that is not as usual. */
  readonly as?: Protocol
  /** `dir`: where it may keep files. */
  readonly run: (port: number, dir: string) => Command['run']
}

/** How long and with what luck to try. */
export interface Trials {
  readonly seed: number
  /** Cases per property. */
  readonly runs: number
  /** Only these properties; all of the protocol without it. */
  readonly only?: readonly string[]
  readonly concurrency?: number
  /** Milliseconds that one shrink may take; as long as it takes without it. */
  readonly shrinkMs?: number
  /** Where reports are kept and found again; else nowhere. */
  readonly reportDir?: string
}

/** Milliseconds, less than vitest gives a test. */
const HELD_WITHIN_MS = 85_000

/** Holds a server against the claims: a whole campaign, in this process, on a server in a process of its own. */
export async function hold(server: ServerUnderTest, trials: Trials): Promise<RunResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'tornwire-hold-'))
  const dir = join(scratch, 'served')
  const protocol = server.as ?? protocolNamed(server.protocol, dir)
  const target = await startable(server, dir)
  try {
    return await campaign({
      tool: { name: 'tornwire', version: '0.0.0-test' },
      target,
      protocol,
      properties: chosen(protocol, trials.only),
      sanity,
      seed: trials.seed,
      runs: trials.runs,
      // Cases are counted here, not seconds: a busy machine must not decide what is tried.
      timeMs: 600_000,
      shrinkMs: trials.shrinkMs ?? 600_000,
      concurrency: trials.concurrency ?? 8,
      reportDir: trials.reportDir ?? scratch,
      // So that a test that takes too long says with which claim, and takes no time of those that follow.
      interrupted: AbortSignal.timeout(HELD_WITHIN_MS),
      observer: {},
      details: () => ({ replay: '', page: '' }),
    })
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The server as a target, on a port of its own. */
export async function startable(server: ServerUnderTest, dir: string): Promise<Target> {
  const { transport } = server.as ?? protocolNamed(server.protocol)
  const port = await freePort('127.0.0.1', transport)
  const address = { host: '127.0.0.1', port, ...(transport === undefined ? {} : { transport }) }
  return execTarget(server.name, address, { run: server.run(address.port, dir), readyWithinMs: 20_000 }, monotonic)
}

/** A server of the catalogue, as `tornwire serve` runs it; with this idle time, in milliseconds, which is then stated. */
export function catalogued(name: string, protocol: string, idleMs?: number): ServerUnderTest {
  const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
  const run = (port: number, dir: string): [string, ...string[]] => [
    process.execPath,
    ...[main, 'serve', name, '--protocol', protocol, '--port', `${port}`, '--dir', dir],
    ...(idleMs === undefined ? [] : ['--idle', `${idleMs}ms`]),
  ]
  return { name, protocol, run, ...(idleMs === undefined ? {} : { as: { ...protocolNamed(protocol), idleMs } }) }
}

/** Every property of a run that did not pass, a line each: nothing where all is well. */
export function complaints({ verdict, why, properties }: RunResult): string[] {
  const lines = properties
    .filter((property) => property.verdict !== 'pass')
    .map(({ id, verdict, why, failure }) =>
      [id, verdict, why, failure && `${failure.rule}: expected ${failure.expected}; got ${failure.actual}`].join(' '),
    )
  return lines.length > 0 || verdict === 'pass' ? lines : [`the run: ${verdict} ${why}`]
}

export function protocolNamed(name: string, dir?: string): Protocol {
  const protocol = (dir === undefined ? builtInProtocols : protocolsIn(dir)).find((each) => each.name === name)
  if (protocol === undefined) throw new Error(`no protocol is called ${name}`)
  return protocol
}

export function chosen(protocol: Protocol, only: readonly string[] | undefined): readonly Property[] {
  const all = propertiesOf(protocol)
  if (only === undefined) return all
  return only.map((id) => {
    const property = all.find((each) => each.id === id)
    if (property === undefined) throw new Error(`protocol ${protocol.name} has no property ${id}`)
    return property
  })
}
