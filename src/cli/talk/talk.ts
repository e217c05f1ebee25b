import { connect, type Socket } from 'node:net'
import { createInterface, type Interface } from 'node:readline'
import { resolveAddress } from '../address.ts'
import { EXIT } from '../exit.ts'
import { onInterrupt } from '../interrupt.ts'
import { TerminalText } from './terminal-text.ts'

export interface TalkOptions {
  readonly allowHost: readonly string[]
}

const CONNECTS_WITHIN_MS = 10_000
/** For the server to end its side after we ended ours: milliseconds without a byte. */
const ENDS_WITHIN_MS = 5_000

/**
 * `tornwire talk`: sends the lines of the standard input until STOP or its end, and prints what the server says. Resolves to
 * the exit status: 0 when either side has ended the conversation, 3 where there was none or it broke, 130 on Ctrl-C.
 * Throws `UsageError`.
 */
export async function talk(targetName: string, { allowHost }: TalkOptions): Promise<number> {
  const address = await resolveAddress(targetName, allowHost)
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true, timeout: CONNECTS_WITHIN_MS })
  const input = createInterface({ input: process.stdin })
  const interrupt = onInterrupt(() => socket.destroy())
  try {
    socket.once('connect', () => socket.setTimeout(0))
    sendLines(input, socket)
    const trouble = await untilOver(socket)
    if (interrupt.signal.aborted) return EXIT.interrupted
    if (trouble === undefined) return EXIT.pass
    process.stderr.write(`tornwire: ${targetName}: ${trouble}\n`)
    return EXIT.target
  } finally {
    interrupt.dispose()
    input.close()
    // What the user might still say is waited for no longer.
    process.stdin.destroy()
  }
}

/** Each line with LF. While the server does not read, nor do we. */
function sendLines(input: Interface, socket: Socket): void {
  const end = (): void => {
    if (socket.writableEnded) return
    socket.end(() => socket.setTimeout(ENDS_WITHIN_MS))
  }
  input.on('line', (line) => {
    if (socket.writableEnded) return
    if (line === 'STOP') return end()
    if (!socket.write(`${line}\n`)) input.pause()
  })
  socket.on('drain', () => input.resume())
  input.once('close', end)
}

/** Prints what comes. Resolves when the connection is closed; to what was wrong, if anything was. */
function untilOver(socket: Socket): Promise<string | undefined> {
  const text = new TerminalText()
  let trouble: string | undefined
  const print = (shown: string): void => {
    if (process.stdout.write(shown)) return
    socket.pause()
    process.stdout.once('drain', () => socket.resume())
  }
  socket.on('data', (bytes: Uint8Array) => print(text.push(bytes)))
  socket.once('end', () => {
    print(text.end())
    if (!socket.writableEnded) process.stderr.write('tornwire: the server ended the conversation\n')
    socket.end()
  })
  socket.once('timeout', () => {
    trouble = socket.connecting
      ? `no connection within ${CONNECTS_WITHIN_MS / 1_000} s`
      : `the server did not end its side within ${ENDS_WITHIN_MS / 1_000} s after we ended ours`
    socket.destroy()
  })
  socket.once('error', (error: NodeJS.ErrnoException) => {
    trouble = REASONS[error.code ?? ''] ?? error.message
  })
  return new Promise((resolve) => socket.once('close', () => resolve(trouble)))
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused). Start the server first',
  ECONNRESET: 'the server reset the connection',
  EPIPE: 'the server closed the connection',
  ETIMEDOUT: 'it cannot be reached (timed out)',
  EHOSTUNREACH: 'it cannot be reached (no route to host)',
}
