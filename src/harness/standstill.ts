// While we do not read, nobody tells us when the server has had enough. But the kernel shows what it has read of ours and
// what it has written for us; when neither grows any more, it has stopped, or has nothing left to do.

import type { Watch } from './barrier.ts'
import type { SocketView } from './kernel/kernel-sockets.ts'
import type { Patience } from './patience.ts'
import type { Wire } from './wire.ts'

/** Milliseconds between two looks, and without any movement until that is called a standstill. */
const BETWEEN_LOOKS_MS = 4
const STILL_MS = 24

/** Bytes that a server has read of what we sent, and those that it has written for us, read by us or not. */
export interface PiledUp {
  readonly read: number
  readonly written: number
}

/**
 * Waits until nothing moves on a connection that we do not read from, and the server does not work, for as long as it may
 * take to read. `undefined` where the kernel does not count what was read and written.
 */
export async function standstill(
  wire: Wire,
  watch: Watch | undefined,
  { drainMs, atWork }: Pick<Patience, 'drainMs' | 'atWork'>,
): Promise<PiledUp | undefined> {
  let piled = piledUp(watch?.state())
  for (let waited = 0, still = 0; waited < drainMs && still < STILL_MS && wire.writable; waited += BETWEEN_LOOKS_MS) {
    await wire.rest(BETWEEN_LOOKS_MS)
    const now = piledUp(watch?.state())
    const moves = now?.read !== piled?.read || now?.written !== piled?.written
    still = moves ? 0 : still + BETWEEN_LOOKS_MS
    // On a busy machine it may not have had its turn.
    if (still >= STILL_MS && (await atWork?.()) === true) still = 0
    piled = now
  }
  return piled
}

function piledUp(server: SocketView | undefined): PiledUp | undefined {
  if (server?.bytesReceived === undefined || server.bytesAcked === undefined) return undefined
  return { read: server.bytesReceived - server.receiveQueue, written: server.bytesAcked + server.sendQueue }
}
