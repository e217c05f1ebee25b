// One TCP connection of ours while it lasts, and then the next one on the same socket. A wire never throws for what the
// peer does. It notes what happened, and whoever waits asks it.

import type { Address } from './address.ts'
import { ConnectionLog } from './connection-log.ts'
import type { HasPendingReset } from './pending-reset.ts'
import { whyThrown } from './protocol-fault.ts'
import { ReceiveBuffer } from './receive-buffer.ts'
import { ReusableSocket } from './reusable-socket.ts'
import { WireWait } from './wire-wait.ts'

/** Is told what happens to a connection at once. */
export interface Listener {
  /** This came; to be looked at, and not kept. Where this throws, we give up. */
  onReceived(chunk: Uint8Array): void
  /** We have given up. */
  onAbandoned(): void
}

/** What a connection is opened with. */
export interface Opening {
  readonly log: ConnectionLog
  /** At most so many bytes are accepted from the server. */
  readonly limit: number
  readonly listener?: Listener
  /** Tells a FIN from an RST that came together with data; see pending-reset.ts. */
  readonly hasPendingReset?: HasPendingReset | undefined
  /** Given the descriptor before it connects, where that can be had. */
  readonly prepare?: ((descriptor: number) => void) | undefined
}

export class Wire extends ReusableSocket {
  readonly #received = new ReceiveBuffer()
  readonly #wait = new WireWait()
  readonly #countRead: () => void
  #log = new ConnectionLog(0, [], () => 0)
  #listener: Listener | undefined
  #hasPendingReset: HasPendingReset | undefined

  /** The last connection ended in an orderly way, with nothing of it left in the socket: it may be opened again. */
  reusable = false

  /** `countRead` is called after each read, whatever it brought. */
  constructor(countRead: () => void) {
    super()
    this.#countRead = countRead
  }

  /** Connects; returns at once, and writing may begin. */
  open(address: Address, { log, limit, listener, hasPendingReset, prepare }: Opening): void {
    this.#log = log
    this.#listener = listener
    this.#hasPendingReset = hasPendingReset
    this.#received.clear(limit)
    this.reusable = false
    this.connect(address, prepare)
  }

  /** Neither closed by us nor ended in a way that makes writing pointless. */
  get writable(): boolean {
    return this.isOpen && !this.#log.isOver && this.#log.gaveUp === undefined
  }

  /** Bytes received. */
  get length(): number {
    return this.#received.length
  }

  /** Everything received. To be called once, at the end. */
  takeReceived(): Uint8Array {
    return this.#received.take()
  }

  /**
   * Waits until `done`, until nothing has come for `idleMs`, or until the wire is over, whichever is first; never longer
   * than ten times `idleMs`. True when `done` holds.
   */
  until(done: () => boolean, idleMs: number): Promise<boolean> {
    return done() || !this.isOpen ? Promise.resolve(done()) : this.#wait.until(done, idleMs)
  }

  /** Waits for `ms` milliseconds, whatever comes; less only when nothing can be written any more. */
  async rest(ms: number): Promise<void> {
    if (this.writable) await this.#wait.rest(() => !this.writable, ms)
  }

  override close(): Promise<void> {
    const { connected, gaveUp, ending } = this.#log
    const isCalm = this.flushed && !this.isPaused
    this.reusable = this.isOpen && connected && isCalm && gaveUp === undefined && ending !== 'reset'
    return super.close()
  }

  /** Gives up for a reason of ours; whoever waits is told. */
  abandon(why: string): void {
    this.#log.gaveUp ??= why
    this.destroy()
    this.#listener?.onAbandoned()
    this.#wait.settle(false)
  }

  protected override onConnect(localPort: number): void {
    this.#log.stands(localPort)
    this.#stir()
  }

  protected override onRead(chunk: Buffer): void {
    const from = this.#received.length
    this.#countRead()
    this.#received.append(chunk)
    this.#log.received(from, from + chunk.length)
    const fault = this.#tell(chunk)
    if (fault !== undefined) this.abandon(fault)
    else if (this.#received.isOver) this.abandon(`the server sent more than ${this.#received.limit} bytes`)
    else this.#stir()
  }

  protected override onEnd(): void {
    const { descriptor } = this
    this.#log.serverEnded(descriptor !== undefined && (this.#hasPendingReset?.(descriptor) ?? false))
    this.#stir()
  }

  protected override onError(error: NodeJS.ErrnoException): void {
    this.#log.failed(error)
    this.#stir()
  }

  protected override onFlushed(): void {
    this.#stir()
  }

  protected override onClose(): void {
    this.#wait.conclude()
  }

  /** Whoever cannot take what came must not throw into the socket, where nobody would catch it. */
  #tell(chunk: Uint8Array): string | undefined {
    try {
      this.#listener?.onReceived(chunk)
      return undefined
    } catch (error) {
      return whyThrown(error)
    }
  }

  #stir(): void {
    this.#wait.stir(this.#log.isOver)
  }
}
