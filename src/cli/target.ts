import { fileURLToPath } from 'node:url'
import { monotonic } from '../harness/clock.ts'
import { isThere } from '../harness/kernel/process.ts'
import { addressTarget } from '../harness/target/address-target.ts'
import { execTarget } from '../harness/target/exec-target.ts'
import { freePort } from '../harness/target/free-port.ts'
import { parseAddress, resolveHost } from '../harness/target/host.ts'
import { type Target, TargetNameError } from '../harness/target/target.ts'
import { entryNamed, SERVER_NAMES } from '../servers-under-test/catalogue.ts'
import { UsageError } from './exit.ts'

export interface TargetOptions {
  readonly protocol: string
  /** That of the protocol. */
  readonly transport?: 'udp' | undefined
  /** That of the protocol, in milliseconds; a server of ours is started with it. */
  readonly idleMs?: number | undefined
  readonly exec?: string | undefined
  readonly pid?: number | undefined
  readonly allowHost: readonly string[]
}

const READY_WITHIN_MS = 10_000
const BUILTIN = 'builtin:'

/** The target that a user named. Throws `UsageError`. */
export async function openTarget(name: string, options: TargetOptions): Promise<Target> {
  try {
    checkPid(name, options)
    if (name.startsWith(BUILTIN)) return await builtinTarget(name, options)
    const { host, port, scheme } = parseAddress(name, options.exec !== undefined)
    checkScheme(name, scheme, options)
    const over = overTransport(options)
    const address = { ...(await resolveHost(host, port, options.allowHost)), ...over }
    if (options.exec === undefined) return addressTarget(name, address, monotonic, options.pid)
    const chosen = { ...address, port: port === 0 ? await freePort(address.host, options.transport) : port }
    const run = options.exec.replaceAll('{port}', String(chosen.port)).replaceAll('{host}', chosen.host)
    if (run === options.exec && port === 0) {
      throw new UsageError(
        `--exec '${options.exec}' does not say {port}, so the server cannot be told the port that was chosen`,
      )
    }
    return execTarget(name, chosen, { run, readyWithinMs: READY_WITHIN_MS }, monotonic)
  } catch (error) {
    if (error instanceof TargetNameError) throw new UsageError(error.message)
    throw error
  }
}

/** A reference server, in a process of its own: a server that crashes must not take the harness with it. */
async function builtinTarget(name: string, { protocol, transport, idleMs, exec }: TargetOptions): Promise<Target> {
  const server = name.slice(BUILTIN.length)
  const entry = await entryNamed(server)
  if (exec !== undefined)
    throw new UsageError(`--exec starts a server, and so does ${name}: name an address or leave --exec out`)
  if (entry === undefined) throw new UsageError(`no server '${server}'; there are: ${SERVER_NAMES.join(', ')}`)
  if (!entry.protocols.some((spoken) => spoken === protocol)) {
    throw new UsageError(`${name} does not speak ${protocol}; it speaks: ${entry.protocols.join(', ')} (--protocol)`)
  }
  const host = '127.0.0.1'
  const address = { host, port: await freePort(host, transport), ...overTransport({ transport }) }
  const run = [
    process.execPath,
    programPath(),
    'serve',
    server,
    '--protocol',
    protocol,
    '--port',
    String(address.port),
    ...(idleMs === undefined ? [] : ['--idle', `${idleMs}ms`]),
  ] as const
  return execTarget(name, address, { run: [...run], readyWithinMs: READY_WITHIN_MS }, monotonic)
}

function checkPid(name: string, { pid, exec }: TargetOptions): void {
  if (pid === undefined) return
  if (exec !== undefined || name.startsWith(BUILTIN))
    throw new UsageError(
      '--pid names the process of a server that runs already; leave it out where tornwire starts one',
    )
  if (!isThere(pid)) throw new UsageError(`--pid ${pid}: there is no such process on this machine`)
}

/** This program, as Node can run it: also where the tests run from the TypeScript sources. */
function programPath(): string {
  const built = import.meta.url.endsWith('.ts') ? '../../dist/src/cli/main.js' : './main.js'
  return fileURLToPath(new URL(built, import.meta.url))
}

function checkScheme(name: string, scheme: 'tcp' | 'udp' | undefined, { protocol, transport }: TargetOptions): void {
  const spoken = transport ?? 'tcp'
  if (scheme === undefined || scheme === spoken) return
  const others = scheme === 'udp' ? '--protocol udp-echo' : 'another protocol (--protocol)'
  throw new UsageError(
    `${name}: protocol ${protocol} is spoken over ${spoken.toUpperCase()}; name the target without ${scheme}://, or choose ${others}`,
  )
}

function overTransport({ transport }: Pick<TargetOptions, 'transport'>): Pick<Target['address'], 'transport'> {
  return transport === undefined ? {} : { transport }
}
