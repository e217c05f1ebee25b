import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { monotonic } from '../harness/clock.ts'
import { addressTarget } from '../harness/target/address-target.ts'
import { execTarget } from '../harness/target/exec-target.ts'
import { parseAddress, resolveHost } from '../harness/target/host.ts'
import { type Target, TargetNameError } from '../harness/target/target.ts'
import { CATALOGUE } from '../servers-under-test/catalogue.ts'
import { UsageError } from './exit.ts'

export interface TargetOptions {
  readonly protocol: string
  readonly exec?: string | undefined
  readonly allowHost: readonly string[]
}

const READY_WITHIN_MS = 10_000
const BUILTIN = 'builtin:'

/** The target that a user named. Throws `UsageError`. */
export async function openTarget(name: string, options: TargetOptions): Promise<Target> {
  try {
    if (name.startsWith(BUILTIN)) return await builtinTarget(name, options)
    const { host, port } = parseAddress(name, options.exec !== undefined)
    const address = await resolveHost(host, port, options.allowHost)
    if (options.exec === undefined) return addressTarget(name, address, monotonic)
    const chosen = { host: address.host, port: port === 0 ? await freePort(address.host) : port }
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
async function builtinTarget(name: string, { protocol, exec }: TargetOptions): Promise<Target> {
  const server = name.slice(BUILTIN.length)
  const entry = Object.hasOwn(CATALOGUE, server) ? CATALOGUE[server] : undefined
  if (exec !== undefined)
    throw new UsageError(`--exec starts a server, and so does ${name}: name an address or leave --exec out`)
  if (entry === undefined)
    throw new UsageError(`no server '${server}'; there are: ${Object.keys(CATALOGUE).join(', ')}`)
  if (!entry.protocols.some((spoken) => spoken === protocol)) {
    throw new UsageError(`${name} does not speak ${protocol}; it speaks: ${entry.protocols.join(', ')} (--protocol)`)
  }
  const address = { host: '127.0.0.1', port: await freePort('127.0.0.1') }
  const run = [
    process.execPath,
    programPath(),
    'serve',
    server,
    '--protocol',
    protocol,
    '--port',
    String(address.port),
  ] as const
  return execTarget(name, address, { run: [...run], readyWithinMs: READY_WITHIN_MS }, monotonic)
}

/** This program, as Node can run it: also where the tests run from the TypeScript sources. */
function programPath(): string {
  const built = import.meta.url.endsWith('.ts') ? '../../dist/src/cli/main.js' : './main.js'
  return fileURLToPath(new URL(built, import.meta.url))
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
