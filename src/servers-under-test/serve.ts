import { createServer } from './catalogue.ts'
import type { Address } from './server.ts'
import type { ServiceOptions } from './transport.ts'

/** How to run a server of the catalogue. */
export interface ServeOptions {
  /** One that the server speaks; without it, its first. */
  readonly protocol?: string
  /** 0, or nothing: one that is free. */
  readonly port?: number
  readonly host?: string
  /** Milliseconds; 30,000 without it. */
  readonly idleMs?: number
  /** Most data bytes of a frame; 1 MiB without it. */
  readonly limit?: number
  /** Where protocols that keep files keep them; `served` without it. */
  readonly dir?: string
}

/**
 * Runs a server in this process until SIGTERM or SIGINT, and resolves when it has stopped, with nothing left that keeps
 * the process alive. Prints one line, `listening on HOST:PORT`, once clients can connect. A second signal is not waited
 * for. Throws an Error for unknown names, a `ListenError` where the address cannot be had.
 */
export async function serve(name: string, options: ServeOptions = {}): Promise<void> {
  const { protocol, port = 0, host = '127.0.0.1', idleMs, limit, dir } = options
  const server = await createServer(name, protocol, {
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(limit === undefined ? {} : { limit }),
    ...(dir === undefined ? {} : { dir }),
  })
  if (protocol !== undefined) await PREPARATIONS[protocol]?.(options)
  const address = await server.listen(port, host)
  const stopSignal = nextSignal()
  process.stdout.write(`listening on ${addressText(address)}\n`)
  await stopSignal
  await server.stop()
}

/** What has to be done once before a server of this protocol listens, however many threads and processes it then has. */
const PREPARATIONS: Readonly<Partial<Record<string, (options: Pick<ServiceOptions, 'dir'>) => Promise<void>>>> = {
  collector: async (options) => (await import('./protocols/collector.ts')).prepareCollector(options),
}

/** The handlers go with the first signal, so that a second one ends the process as it would any other. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGTERM', stop)
      process.off('SIGINT', stop)
      resolve()
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}

function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
