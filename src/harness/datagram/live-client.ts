// One client's socket while it is played: makes its moves and keeps its account. Whatever is lost on the way is lost: no
// wait in vain is held against the server, but for one that insists.

import type { Socket } from 'node:dgram'
import { ConnectionLog } from '../connection-log.ts'
import type { Account } from '../transcript.ts'
import { WireWait } from '../wire-wait.ts'
import type { Client } from './client-sockets.ts'
import type { DatagramScene } from './datagram-scene.ts'
import { InFlight } from './in-flight.ts'
import { type Listener, openSocket } from './open-socket.ts'
import type { DatagramMove } from './plan-datagrams.ts'
import { waitsOf } from './waits.ts'

/** An answer is taken for lost when nothing has come for this part of the time after which silence is believed. */
const LOST_AFTER = 1 / 10
/** Whoever insists is patient this much longer, with all its tries together. */
const INSISTS_FOR = 2
/** Milliseconds to wait for a datagram too many: it follows the last at once, if it comes. */
const TOO_MANY_WITHIN_MS = 5
/** A server may answer with this many bytes and eight times what it was sent; then we stop listening. */
const FLOOD = 4 * 1024 * 1024

/** One client of a play. */
export class LiveClient implements Client, Listener {
  readonly #bytes: Uint8Array
  readonly #scene: DatagramScene
  readonly #log: ConnectionLog
  readonly #wait = new WireWait()
  readonly #received: Uint8Array[] = []
  readonly #inFlight = new InFlight()
  #receivedBytes = 0
  #socket: Socket | undefined

  constructor(on: number, bytes: Uint8Array, scene: DatagramScene) {
    this.#bytes = bytes
    this.#scene = scene
    this.#log = new ConnectionLog(on, scene.events, scene.now)
    scene.table.clients.join(this)
  }

  /** Takes a port. */
  async open(): Promise<void> {
    if (this.#isOver) return
    const opened = await openSocket(this.#scene.table.address, this)
    if (opened instanceof Error) return this.onFailed(opened)
    this.#socket = opened
    this.#log.stands(opened.address().port)
  }

  /**
   * Makes one move, or passes it over where nobody is there any more. To send takes no waiting: what two moves in a row send
   * leaves together.
   */
  make(move: DatagramMove): Promise<void> | undefined {
    const socket = this.#socket
    if (socket === undefined || this.#isOver) return undefined
    if (move.do === 'await') return this.#answered()
    if (move.do === 'pause') return this.#pause(move.ms)
    if (move.do === 'insist') return this.#insist(socket, move)
    if (!this.#inFlight.hasRoomFor(move.to - move.from)) return this.#answered().then(() => this.#send(socket, move))
    this.#send(socket, move)
    return undefined
  }

  /** Waits for what is still under way, and for a datagram too many. */
  async settle(): Promise<void> {
    if (this.#socket === undefined || this.#isOver) return
    await this.#answered()
    if (!this.#isOver) await this.#wait.until(() => this.#isOver, TOO_MANY_WITHIN_MS)
  }

  /** Listens no more, and tells what the client has come to. */
  leave(): Account {
    this.#scene.table.clients.retire(this, this.#socket)
    if (this.#socket !== undefined) this.#log.note({ did: 'closed' })
    return this.#log.account(Buffer.concat(this.#received), { requested: 0, proven: 0 })
  }

  abandon(why: string): void {
    this.#log.gaveUp ??= why
    this.#wait.stir(true)
  }

  onReceived(bytes: Uint8Array): void {
    const from = this.#receivedBytes
    if (from + bytes.length > FLOOD + 8 * this.#bytes.length) this.abandon(`the server floods us: ${from} bytes`)
    if (this.#isOver) return
    this.#receivedBytes += bytes.length
    this.#received.push(bytes)
    this.#inFlight.answered()
    this.#log.received(from, this.#receivedBytes)
    this.#wait.stir(false)
  }

  onFailed(error: NodeJS.ErrnoException): void {
    this.#log.failed(error)
    this.#wait.stir(true)
  }

  get #isOver(): boolean {
    return this.#log.isOver || this.#log.gaveUp !== undefined
  }

  #send(socket: Socket, { from, to }: { readonly from: number; readonly to: number }): void {
    if (this.#isOver) return
    this.#inFlight.left(to - from)
    this.#log.note({ did: 'sent', from, to })
    this.#log.sent += to - from
    socket.send(this.#bytes.subarray(from, to), (error) => {
      if (error !== null) this.onFailed(error)
    })
  }

  /** Until as many have come as have left; or they are lost. */
  async #answered(): Promise<void> {
    const ms = this.#scene.patience.idleMs * LOST_AFTER
    await this.#heard(() => this.#inFlight.isEmpty, ms, 'lost')
    this.#inFlight.forget()
  }

  async #insist(socket: Socket, move: Extract<DatagramMove, { do: 'insist' }>): Promise<void> {
    await this.#answered()
    const before = this.#received.length
    const isHeard = (): boolean => this.#received.length > before
    const waits = waitsOf(this.#scene.patience.idleMs * INSISTS_FOR, move.times)
    for (const [time, ms] of waits.entries()) {
      if (isHeard() || this.#isOver) break
      this.#send(socket, move)
      await this.#heard(isHeard, ms, time + 1 < waits.length ? 'lost' : 'deadline')
    }
    if (isHeard()) return
    this.#inFlight.forget()
    this.#log.timedOut = true
  }

  async #pause(ms: number): Promise<void> {
    await this.#wait.rest(() => this.#isOver, ms)
    this.#log.note({ did: 'paused', ms })
  }

  async #heard(done: () => boolean, ms: number, otherwise: 'lost' | 'deadline'): Promise<void> {
    const isDone = (): boolean => done() || this.#isOver
    const began = this.#scene.now()
    if (isDone() || (await this.#wait.until(isDone, ms))) return
    this.#log.note({ did: 'waited', for: 'answers', ms: this.#scene.now() - began, why: otherwise })
  }
}
