import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from '../address.ts'
import { type Case, sentBytes } from '../case.ts'
import { monotonic } from '../clock.ts'
import { ClientSockets } from '../datagram/client-sockets.ts'
import { CaseArbitrary } from '../generate/case-arbitrary.ts'
import { numberedCase } from '../hunt/case-of.ts'
import type { Run } from '../hunt/run.ts'
import type { Property } from '../property.ts'
import type { Protocol } from '../protocol.ts'
import type { Observer } from '../result.ts'
import type { Target } from '../target/target.ts'
import { WirePool } from '../wire-pool.ts'
import { type Listening, listening } from './listening.ts'
import { openPlaying } from './playing.ts'
import { echoed } from './small-protocols.ts'
import { alone, awaitAll, send } from './steps.ts'

/** A server in this process, a run against it, and the folder where its reports go. */
export interface Hunting {
  readonly run: Run
  readonly server: Listening
  /** Ends the run, as Ctrl-C does. */
  interrupt(): void
  close(): Promise<void>
}

const PATIENCE = { idleMs: 3_000, drainMs: 3_000 }

/** A run against `serve`, one case at a time unless it is told otherwise. */
export async function openHunting(
  serve: (connection: Socket) => void,
  given: { readonly concurrency?: number; readonly runs?: number; readonly observer?: Observer } = {},
): Promise<Hunting> {
  const server = await listening(serve)
  const playing = await openPlaying()
  const wires = new WirePool()
  const controller = new AbortController()
  const reportDir = mkdtempSync(join(tmpdir(), 'tornwire-'))
  const run: Run = {
    tool: { name: 'tornwire', version: '0.0.0' },
    protocol: echoed as Protocol,
    sanity: comesBack,
    target: passiveTarget(server.address, () => server.server.listening),
    table: { ...playing, address: server.address, wires, clients: new ClientSockets(), now: monotonic },
    patience: { trying: PATIENCE, shrinking: PATIENCE, full: PATIENCE },
    seed: 1,
    runs: 50,
    concurrency: 1,
    servesTwo: true,
    reportDir,
    interrupted: controller.signal,
    observer: {},
    ...given,
  }
  const interrupt = (): void => {
    controller.abort()
    wires.abandonAll('interrupted')
  }
  const close = async (): Promise<void> => {
    playing.barrier.close()
    await server.close()
    rmSync(reportDir, { recursive: true, force: true })
  }
  return { run, server, interrupt, close }
}

/** A server that is nobody's to start, and that is not asked over the network whether it is up. */
export function passiveTarget(address: Address, isUp: () => boolean): Target {
  return {
    name: 'it',
    address,
    start: async () => {},
    ready: async () => (isUp() ? 'up' : 'gone'),
    died: async () => undefined,
    output: () => '',
    forget: () => {},
    stop: async () => {},
  }
}

/** Some bytes are sent and must come back, on each connection. Random bytes, none of which is 0x21 (`!`). */
export const comesBack: Property = {
  id: 'test/comes-back',
  claim: 'What is sent comes back.',
  source: 'this test',
  cases: () =>
    new CaseArbitrary(echoed.codec as never, (chance) => {
      const bytes = Uint8Array.from({ length: chance.nextInt(2, 40) }, () => chance.nextInt(0x30, 0xff))
      return alone([send(bytes), awaitAll], [1])
    }),
  admits: ({ connections }) => connections.every(({ steps }) => steps.length > 1 && steps.at(-1)?.do === 'await'),
  check: ([subject], [transcript]) => {
    for (const [on, script] of (subject as Case).connections.entries()) {
      const account = transcript?.connections[on]
      if (account?.gaveUp !== undefined) return { is: 'inconclusive', why: account.gaveUp }
      const [expected, actual] = [sentBytes(script), account?.received ?? new Uint8Array(0)].map((bytes) =>
        Buffer.from(bytes).toString('hex'),
      ) as [string, string]
      if (expected !== actual) return { is: 'fail', rule: 'lost', expected, actual: `${actual} (${account?.ending})` }
    }
    return { is: 'pass' }
  },
}

/** The first case of a property. */
export function firstCase(property: Property, run: Run): Case {
  return numberedCase(property.cases(run.protocol), property, run, 0)
}

/** A server that sends everything back, or what `changed` makes of it. */
export function echoing(changed: (data: Buffer, connection: Socket) => Uint8Array = (data) => data) {
  return (connection: Socket): void => {
    connection.on('data', (data) => connection.write(changed(data as Buffer, connection)))
    connection.on('end', () => connection.end())
  }
}
