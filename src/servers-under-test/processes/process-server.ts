import { once } from 'node:events'
import { createServer } from 'node:net'
import type { ProtocolName } from '../catalogue-entry.ts'
import { descriptorOf } from '../channel/descriptor.ts'
import { ListenError } from '../listen-error.ts'
import type { Address, Server } from '../server.ts'
import { addressOf, BACKLOG, STOP_WITHIN_MS } from '../socket-server.ts'
import type { ServiceOptions } from '../transport.ts'
import { LISTENER } from './accept.ts'
import { Child } from './child.ts'
import type { Role } from './job.ts'

/** Milliseconds beyond the limit of a stop until the process is killed. */
const GRACE_MS = 500

/**
 * A server in a process of its own, which this one starts and stops: what blocks there, blocks nobody here. When that
 * process ends unasked, this one says so and will exit with status 1.
 */
export function createProcessServer(role: Role, protocol: ProtocolName, options: ServiceOptions): Server {
  let child: Child | undefined
  let isStopping = false
  return {
    listen: async (port, host) => {
      const job = { role, protocol, options, descriptor: LISTENER }
      const begun = await listen(port, host, (listener) => new Child(job, listener))
      child = begun.child
      await child.ready
      void child.ended.then((how) => {
        if (isStopping) return
        console.error(`server under test: the process of the ${role} server ended with ${how}`)
        process.exitCode = 1
      })
      return begun.address
    },
    stop: async ({ withinMs = STOP_WITHIN_MS } = {}) => {
      isStopping = true
      await child?.stop(withinMs, GRACE_MS)
    },
  }
}

/**
 * Binds and listens here, where errors can be told, and starts the process that inherits the socket. Between both and the
 * close of our own descriptor lies no turn of the event loop, or we would accept the first clients ourselves.
 */
async function listen(port: number, host: string, start: (listener: number) => Child) {
  const server = createServer()
  let begun: { address: Address; child: Child } | undefined
  server.once('listening', () => {
    begun = { address: addressOf(server), child: start(descriptorOf(server)) }
    server.close()
  })
  try {
    server.listen({ port, host, backlog: BACKLOG })
    await once(server, 'close')
  } catch (error) {
    throw new ListenError(host, port, error as NodeJS.ErrnoException)
  }
  if (begun === undefined) throw new Error('a listener that has closed without an error had listened before')
  return begun
}
