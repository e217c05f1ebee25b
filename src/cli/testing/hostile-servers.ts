import type { Socket } from 'node:net'

/** What a server does with each connection. It must answer the plain conversation, or the run ends before it begins. */
export type Behaviour = (socket: Socket) => void

const flood = (bytes: number): Behaviour => {
  const block = Buffer.alloc(1_048_576, 'flood ')
  return (socket) => {
    let left = bytes
    const pour = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= block.length
        if (!socket.write(block)) break
      }
    }
    socket.on('drain', pour)
    socket.resume()
    pour()
  }
}

const saying =
  (text: string): Behaviour =>
  (socket) => {
    socket.on('data', () => socket.write(text))
    socket.on('end', () => socket.end())
  }

/** Servers that nobody can mistake for a right one; each echoes the plain conversation first. */
export const HOSTILE_SERVERS: Readonly<Record<string, Behaviour>> = {
  'sends for ever': flood(Number.POSITIVE_INFINITY),
  'answers with 1 GiB': flood(1_073_741_824),
  'never reads': (socket) => socket.pause(),
  'never closes': (socket) => socket.on('data', (bytes) => socket.write(bytes)),
  'closes at once': (socket) => socket.end(),
  'resets at once': (socket) => socket.resetAndDestroy(),
  'answers garbage': saying('\u0000\u00ff\u00fe garbage'),
  'answers control characters': saying('\u001b[2J\u001b]0;owned\u0007\u0008\u0000\u009b31m'),
  'answers what ends a CDATA section': saying(']]><script>&amp;'),
}

/**
 * An echo server as long as every client says what the first one said, and `behaviour` from the connection on that follows
 * the first that says anything else: how often the plain conversation is held depends on how fast it is answered.
 */
export function afterPlainTalk(behaviour: Behaviour): Behaviour {
  let first: Socket | undefined
  let plain = Buffer.alloc(0)
  let isOver = false
  const listen = (socket: Socket): void => {
    let said = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      first ??= socket
      said = Buffer.concat([said, bytes])
      if (first === socket) plain = said
      isOver ||= !plain.subarray(0, said.length).equals(said)
    })
    socket.pipe(socket)
  }
  return (socket) => (isOver ? behaviour(socket) : listen(socket))
}
