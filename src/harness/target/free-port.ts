// A port for a server that is started in a moment. The one that the system hands out (port 0) will not do: until the
// server has bound it, the next who asks may be given it too, or a client. So it is taken from below the ports that
// systems hand out (RFC 6335 section 8.1.2: from 49152; Linux: from 32768, ip-sysctl), and claimed among all processes of
// tornwire.

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, isIPv6 } from 'node:net'
import { isForsaken } from '../kernel/sockets-at.ts'

const FIRST = 20_000
const COUNT = 12_768
/** Processes with neighbouring numbers begin so far from each other. */
const STRIDE = 101

let next = (process.pid * STRIDE) % COUNT

/**
 * A port of this address, of TCP or of UDP, that nobody has, and that no other process is given while this one lives.
 * Rejects with the system's error where the address cannot be had at all.
 */
export async function freePort(host: string, transport: 'tcp' | 'udp' = 'tcp'): Promise<number> {
  const bind = transport === 'udp' ? bindDatagrams : listen
  for (let tried = 0; tried < COUNT; tried++) {
    const port = FIRST + next
    next = (next + 1) % COUNT
    if (!(await isFree(bind(host, port)))) continue
    // What Node binds shares a port with connections that have ended a moment ago, and not every server may.
    if (transport === 'tcp' && !(await isForsaken(port))) continue
    if (await isFree(claim(`tornwire ${transport} port ${port}`))) return port
  }
  throw new Error(`no port of ${host} from ${FIRST} to ${FIRST + COUNT - 1} is free`)
}

async function isFree(bound: Promise<void>): Promise<boolean> {
  try {
    await bound
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false
    throw error
  }
}

async function listen(host: string, port: number): Promise<void> {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

async function bindDatagrams(host: string, port: number): Promise<void> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  socket.bind(port, host)
  await once(socket, 'listening')
  socket.close()
  await once(socket, 'close')
}

/** Holds a name that Linux forgets with the process (unix(7), abstract sockets). Elsewhere there are no such names. */
async function claim(name: string): Promise<void> {
  if (process.platform !== 'linux') return
  await once(createServer().unref().listen(`\0${name}`), 'listening')
}
