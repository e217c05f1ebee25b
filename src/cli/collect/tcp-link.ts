import { connect } from 'node:net'
import { linesCodec } from '../../codec/lines.ts'
import type { Link, LinkEvents } from './surroundings.ts'

/** Connects to a server that answers in lines, of 64 KiB at the most. */
export function tcpLink({ host, port }: { readonly host: string; readonly port: number }, events: LinkEvents): Link {
  const socket = connect({ host, port, noDelay: true })
  const decoder = linesCodec().decoder()
  let why = 'the server ended the connection'
  socket.once('connect', () => events.connected())
  socket.on('data', (bytes: Uint8Array) => {
    for (const item of decoder.push(bytes)) {
      // What was aborted by an answer says nothing more.
      if (socket.destroyed) return
      if (item.is === 'frame') events.answered(Buffer.from(item.frame.text).toString())
      else socket.destroy(new Error('the server sends no lines'))
    }
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    why = REASONS[error.code ?? ''] ?? error.message
  })
  socket.once('close', () => events.gone(why))
  return {
    send: (text) => void socket.write(text),
    end: () => void socket.setTimeout(ENDS_WITHIN_MS, () => socket.destroy()).end(),
    abort: () => {
      why = 'the server does not answer as it should'
      socket.resetAndDestroy()
    },
  }
}

/** For the server to end its side after ours, in milliseconds of silence. */
const ENDS_WITHIN_MS = 1_000

/** What the system's words mean to somebody who waits for a server. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the server reset the connection',
  EPIPE: 'the server closed the connection',
  ETIMEDOUT: 'the server cannot be reached (timed out)',
  EHOSTUNREACH: 'the server cannot be reached (no route to host)',
}
