import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { parseAddress, resolveHost } from '../harness/target/host.ts'
import { TargetNameError } from '../harness/target/target.ts'
import { EXIT, UsageError } from './exit.ts'

export interface TalkOptions {
  readonly allowHost: readonly string[]
}

/** The line that ends the talk; it is not sent. */
const STOP = 'STOP'
/** For the connect, and for the server's end after ours. */
const WITHIN_MS = 10_000

/**
 * `tornwire talk`: sends the lines of the standard input until STOP or their end, then FIN, and prints what is answered until
 * the server has ended its side, too. Resolves to the exit status. Throws `UsageError`.
 */
export async function talk(name: string, { allowHost }: TalkOptions): Promise<number> {
  const address = await addressOf(name, allowHost)
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true })
  const over = new AbortController()
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(WITHIN_MS) })
    const said = say(socket, over.signal)
    // Whoever ends first: when the server is gone, nobody hears the lines that are still to come.
    await Promise.race([hear(socket), said.then(() => endOf(socket))])
    return EXIT.pass
  } catch (error) {
    process.stderr.write(`tornwire: ${inWords(error as NodeJS.ErrnoException, name)}\n`)
    return EXIT.target
  } finally {
    over.abort()
    socket.destroy()
    process.stdin.destroy()
  }
}

async function addressOf(name: string, allowHost: readonly string[]): Promise<{ host: string; port: number }> {
  try {
    const { host, port } = parseAddress(name, false)
    return await resolveHost(host, port, allowHost)
  } catch (error) {
    throw error instanceof TargetNameError ? new UsageError(error.message) : error
  }
}

async function say(socket: Socket, over: AbortSignal): Promise<void> {
  const lines = createInterface({ input: process.stdin, signal: over })
  for await (const line of lines) {
    if (line === STOP || over.aborted) break
    if (!socket.write(`${line}\n`)) await once(socket, 'drain', { signal: over }).catch(() => {})
  }
  lines.close()
  if (!over.aborted) socket.end()
}

async function hear(socket: Socket): Promise<void> {
  for await (const bytes of socket) process.stdout.write(bytes)
}

/** Waits for the server's end, which must come within the limit. */
async function endOf(socket: Socket): Promise<void> {
  if (socket.readableEnded || socket.destroyed) return
  await once(socket, 'end', { signal: AbortSignal.timeout(WITHIN_MS) })
}

function inWords(error: NodeJS.ErrnoException, name: string): string {
  const known = WORDS[error.code ?? ''] ?? WORDS[error.name]
  return known === undefined ? `${name}: ${error.message}` : `${name} ${known}`
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections: nothing listens there; is the server started, and the port right?',
  ECONNRESET: 'has reset the connection; what it had not answered by then is lost',
  EPIPE: 'takes nothing more: it has closed the connection',
  ETIMEDOUT: 'cannot be reached: no answer to the connect',
  AbortError: `did not answer within ${WITHIN_MS / 1_000} seconds: neither connect nor end may take longer`,
}
