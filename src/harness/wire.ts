// One TCP connection of ours, and the socket under it.
//
// Sockets are used again: `connect()` on a closed net.Socket costs a third less than a new one. Bytes are read through
// `onread` into one buffer a wire. Both are public API; together they are most of what separates a fast client from a
// slow one here.
//
// A wire never throws for what the peer does. It notes what happened, and whoever waits asks it.

import { Socket } from 'node:net'
import { copyOf, viewOf } from '../codec/slices.ts'
import type { HasPendingReset } from './pending-reset.ts'
import type { Ending, Event } from './transcript.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** What a wire writes its events into while it plays one connection of one case. */
export interface Log {
  readonly on: number
  readonly events: Event[]
  /** Milliseconds since the case began. */
  readonly now: () => number
}

/** Is shown each chunk as it comes, and must not keep it. */
interface Sink {
  push(chunk: Uint8Array): void
}

interface Waiting {
  readonly done: () => boolean
  readonly resolve: (met: boolean) => void
  readonly timer: NodeJS.Timeout
  readonly latest: number
  /** Something happened since the timer went off. */
  stirred: boolean
}

const READ_BUFFER = 65_536
const FIRST_ROOM = 4096
const nothing = (): void => {}

export class Wire {
  readonly #socket: Socket
  #log: Log | undefined
  #received: Buffer = Buffer.allocUnsafe(FIRST_ROOM)
  #length = 0
  #limit = 0
  #waiting: Waiting | undefined
  #open = false
  readonly #onFlushed = (): void => this.#poke()
  readonly #onRead: () => void
  #whenClosed: () => void = nothing
  #sink: Sink | undefined

  /** The TCP handshake is over. */
  connected = false
  /** How the server ended its side, once it has. */
  ending: Extract<Ending, 'fin' | 'reset' | 'refused'> | undefined
  /** Why we cannot go on, where the reason is ours. */
  gaveUp: string | undefined
  /** The last connection ended in an orderly way, with nothing of it left in the socket: it may be opened again. */
  reusable = false
  /** Tells a FIN from an RST that came together with data; see pending-reset.ts. */
  hasPendingReset: HasPendingReset | undefined
  /** Is told that we give up. */
  onAbandon: (() => void) | undefined

  /** `onRead` is called after each read, whatever it brought. */
  constructor(onRead: () => void) {
    const buffer = Buffer.allocUnsafe(READ_BUFFER)
    const onread = { buffer, callback: (size: number) => this.#read(buffer.subarray(0, size)) }
    this.#onRead = onRead
    // `connect` takes no notice of `noDelay`; given here, it holds for every connection of this socket.
    this.#socket = new Socket({ allowHalfOpen: true, noDelay: true, onread } as object)
    this.#socket.on('connect', () => this.#connected())
    this.#socket.on('end', () => this.#ended())
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#failed(error))
    this.#socket.on('close', () => this.#closed())
  }

  /** Connects; returns at once. At most `limit` bytes are accepted from the server. Writing may begin straight away. */
  open(address: Address, log: Log, limit: number, sink?: Sink): void {
    this.#log = log
    this.#limit = limit
    this.#sink = sink
    this.#length = 0
    this.connected = false
    this.ending = undefined
    this.gaveUp = undefined
    this.#open = true
    this.reusable = false
    this.#socket.connect({ host: address.host, port: address.port })
  }

  /** Neither closed by us nor ended in a way that makes writing pointless. */
  get writable(): boolean {
    return this.#open && this.ending !== 'reset' && this.ending !== 'refused' && this.gaveUp === undefined
  }

  get localPort(): number | undefined {
    return this.#socket.localPort
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress
  }

  /** The descriptor, where Node tells it (it is not public API): for options that Node cannot set. */
  get descriptor(): number | undefined {
    const handle = (this.#socket as unknown as { _handle?: { fd?: number } })._handle
    return handle?.fd !== undefined && handle.fd >= 0 ? handle.fd : undefined
  }

  /** Bytes received. */
  get length(): number {
    return this.#length
  }

  /** Everything received. To be called once, at the end: much is handed over, and only little is copied. */
  takeReceived(): Uint8Array {
    const received = this.#received.subarray(0, this.#length)
    if (received.length <= READ_BUFFER) return copyOf(received)
    this.#received = Buffer.allocUnsafe(FIRST_ROOM)
    this.#length = 0
    return viewOf(received, 0, received.length)
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes, this.#onFlushed)
  }

  /** Everything written so far has left this process. */
  get flushed(): boolean {
    return this.#socket.writableLength === 0
  }

  /** FIN after everything written, and after `last` if it is given. */
  end(last?: Uint8Array): void {
    if (last === undefined) this.#socket.end()
    else this.#socket.end(last)
  }

  /** Aborts with RST and resolves when the descriptor is free. */
  reset(): Promise<void> {
    if (!this.#open) return Promise.resolve()
    this.#socket.resetAndDestroy()
    return this.#closing()
  }

  /**
   * Waits until `done`, until nothing has come for `idleMs`, or until the wire is over, whichever is first; never longer
   * than ten times `idleMs`. True when `done` holds.
   */
  until(done: () => boolean, idleMs: number): Promise<boolean> {
    if (done() || !this.#open) return Promise.resolve(done())
    const now = this.#log?.now() ?? 0
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#expire(waiting), idleMs)
      const waiting = { done, resolve, timer, latest: now + 10 * idleMs, stirred: false }
      this.#waiting = waiting
    })
  }

  /** Our own process may be what is late: what lies unread in the kernel is read once more before we give up. */
  #expire(waiting: Waiting): void {
    waiting.stirred = false
    afterNextPoll(() => {
      const late = (this.#log?.now() ?? 0) > waiting.latest
      if (this.#waiting === waiting && (late || !waiting.stirred)) this.#settle(waiting.done())
    })
  }

  /** Closes (FIN, or RST where the kernel holds bytes that we never read) and resolves when the descriptor is free. */
  close(): Promise<void> {
    if (!this.#open) return Promise.resolve()
    this.reusable = this.connected && this.flushed && this.gaveUp === undefined && this.ending !== 'reset'
    this.#socket.destroy()
    return this.#closing()
  }

  #closing(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenClosed = resolve
    })
  }

  /** Gives up for a reason of ours; whoever waits is told. */
  abandon(why: string): void {
    this.gaveUp ??= why
    this.#socket.destroy()
    this.onAbandon?.()
    this.#settle(false)
  }

  #connected(): void {
    this.connected = true
    const log = this.#log as Log
    log.events.push({ at: log.now(), on: log.on, did: 'connected', port: this.#socket.localPort ?? 0 })
    this.#poke()
  }

  #read(chunk: Buffer): boolean {
    const log = this.#log as Log
    const from = this.#length
    this.#onRead()
    this.#keep(chunk)
    log.events.push({ at: log.now(), on: log.on, did: 'received', from, to: this.#length })
    this.#sink?.push(chunk)
    if (this.#length > this.#limit) this.abandon(`the server sent more than ${this.#limit} bytes`)
    else this.#poke()
    return true
  }

  #keep(chunk: Buffer): void {
    const needed = this.#length + chunk.length
    if (needed > this.#received.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, Math.min(2 * this.#received.length, this.#limit)))
      this.#received.copy(grown, 0, 0, this.#length)
      this.#received = grown
    }
    this.#received.set(chunk, this.#length)
    this.#length = needed
  }

  #ended(): void {
    const log = this.#log as Log
    const { descriptor } = this
    const isReset = descriptor !== undefined && (this.hasPendingReset?.(descriptor) ?? false)
    this.ending ??= isReset ? 'reset' : 'fin'
    if (isReset) log.events.push({ at: log.now(), on: log.on, did: 'got-rst', code: 'ECONNRESET' })
    else log.events.push({ at: log.now(), on: log.on, did: 'got-fin' })
    this.#poke()
  }

  #failed(error: NodeJS.ErrnoException): void {
    const log = this.#log as Log
    const code = error.code ?? error.message
    if (code === 'ECONNREFUSED' || (!this.connected && code === 'ECONNRESET')) {
      this.ending = 'refused'
      log.events.push({ at: log.now(), on: log.on, did: 'refused', code })
    } else if (code === 'ECONNRESET' || code === 'EPIPE') {
      this.ending ??= 'reset'
      log.events.push({ at: log.now(), on: log.on, did: 'got-rst', code })
    } else {
      this.gaveUp ??= `${error.syscall ?? 'socket'} failed here: ${code}`
    }
    this.#poke()
  }

  #closed(): void {
    this.#open = false
    this.#settle(this.#waiting?.done() ?? false)
    this.#whenClosed()
  }

  #poke(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    waiting.stirred = true
    const log = this.#log as Log
    if (waiting.done()) this.#settle(true)
    else if (this.ending === 'reset' || this.ending === 'refused') this.#settle(false)
    else if (log.now() > waiting.latest) this.#expire(waiting)
    else waiting.timer.refresh()
  }

  #settle(met: boolean): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    clearTimeout(waiting.timer)
    waiting.resolve(met)
  }
}

/** Of two immediates in a row, the second comes after the event loop has asked the kernel at least once. */
function afterNextPoll(act: () => void): void {
  setImmediate(() => setImmediate(act))
}

/** Wires that are free to be opened. */
export class WirePool {
  readonly #free: Wire[] = []
  readonly #busy = new Set<Wire>()
  #over: string | undefined
  readonly #onRead = (): void => {
    this.reads += 1
  }

  /** Reads so far, on all wires. While it grows, the server is at work. */
  reads = 0

  /** Wires that are taken. */
  get atWork(): number {
    return this.#busy.size
  }

  take(): Wire {
    const wire = this.#free.pop() ?? new Wire(this.#onRead)
    this.#busy.add(wire)
    // Whoever goes on after the end is abandoned as soon as it has opened its wire.
    if (this.#over !== undefined) queueMicrotask(() => wire.abandon(this.#over as string))
    return wire
  }

  /**
   * Takes back a closed wire. One that was aborted is not opened again: callbacks of writes that it never finished may
   * still come, and Node would take them for the next connection's.
   */
  give(wire: Wire): void {
    this.#busy.delete(wire)
    wire.onAbandon = undefined
    if (wire.reusable) this.#free.push(wire)
  }

  /** Ends whatever is under way, for a reason of ours, and whatever is opened from now on. */
  abandonAll(why: string): void {
    this.#over = why
    for (const wire of this.#busy) wire.abandon(why)
  }
}
