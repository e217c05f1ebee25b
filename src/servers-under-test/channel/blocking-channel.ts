// A channel whose waits have no limit: read(2) and write(2) on a blocking descriptor, which keep the whole thread in the
// kernel until there are bytes, or room. Nothing else runs meanwhile: no timer, no signal handler, no other connection.
//
// What strace shows of one conversation is what the textbook has: accept4, ioctl(FIONBIO, 0), read, write, …,
// shutdown(SHUT_WR), read, close. Node has no shutdown(2) of its own to call, so that one goes through the socket's
// event loop, which is turned for this moment.

import { once } from 'node:events'
import { readSync, writeSync } from 'node:fs'
import type { Socket } from 'node:net'
import { reportTrouble } from '../client-gone.ts'
import type { Channel, Got, Sent } from './channel.ts'
import { blockingDescriptor } from './descriptor.ts'

const READ_SIZE = 65_536

/** A channel over an accepted socket from which nothing was read: the socket only owns the descriptor. */
export class BlockingChannel implements Channel {
  readonly unsent = 0
  trouble: NodeJS.ErrnoException | undefined
  readonly #socket: Socket
  readonly #fd: number
  readonly #room = Buffer.allocUnsafe(READ_SIZE)

  constructor(socket: Socket) {
    this.#socket = socket
    this.#fd = blockingDescriptor(socket)
    socket.on('error', (error) => this.#breaks(error))
  }

  read(): Got {
    if (this.trouble !== undefined) return 'gone'
    try {
      const length = readSync(this.#fd, this.#room)
      return length === 0 ? 'end' : Buffer.from(this.#room.subarray(0, length))
    } catch (error) {
      return this.#breaks(error as NodeJS.ErrnoException)
    }
  }

  /** There is no asking whether a read would block. */
  readNow(): Got {
    return 'nothing'
  }

  write(bytes: Uint8Array): void {
    if (this.trouble !== undefined) return
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at)
    } catch (error) {
      this.#breaks(error as NodeJS.ErrnoException)
    }
  }

  drain(): Sent {
    return 'all'
  }

  rest(): void {
    throw new Error('nothing interrupts a blocking channel: it would rest for ever')
  }

  async end(): Promise<void> {
    if (this.#socket.destroyed) return
    const over = new AbortController()
    const first = (event: string) => once(this.#socket, event, { signal: over.signal }).catch(() => {})
    const done = Promise.race([first('finish'), first('close')])
    this.#socket.end()
    await done
    over.abort()
  }

  async close(): Promise<void> {
    if (this.#socket.closed) return
    const closed = new Promise((resolve) => this.#socket.once('close', resolve))
    this.#socket.destroy()
    await closed
  }

  abort(): void {
    this.#socket.resetAndDestroy()
  }

  /** Nobody can call this while the thread is in the kernel. */
  interrupt(): void {}

  #breaks(error: NodeJS.ErrnoException): 'gone' {
    this.trouble ??= error
    reportTrouble(error)
    return 'gone'
  }
}
