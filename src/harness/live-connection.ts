// One connection while it is played: makes its moves, waits with patience, keeps its account.

import type { Delivery, Watch } from './barrier.ts'
import { answerCodec, type Meter, meter } from './hear.ts'
import { CONNECT_MS, type Patience } from './patience.ts'
import type { Move } from './plan.ts'
import type { Table } from './play.ts'
import type { Protocol } from './protocol.ts'
import type { Account, Ending, Event, Proof } from './transcript.ts'
import type { Wire } from './wire.ts'

/** What the connections of one play share. */
export interface Scene<F> {
  readonly protocol: Protocol<F>
  readonly patience: Patience
  readonly table: Table
  readonly events: Event[]
  /** Milliseconds since the play began. */
  readonly now: () => number
}

/** A server may answer with this many bytes and eight times what it was sent; then we stop listening. */
const FLOOD = 4 * 1024 * 1024

/** Looks for a lull before a close, at the most: a server that never rests is closed on all the same. */
const MOST_LOOKS = 20

/** Waits between looks at whether the server is quiet, in milliseconds: the first, the first among others, the longest. */
const SLICE_MS = 2
const BUSY_SLICE_MS = 8
const LONGEST_SLICE_MS = 16

/** One connection of a play. */
export class LiveConnection<F> {
  readonly #on: number
  readonly #bytes: Uint8Array
  readonly #scene: Scene<F>
  #wire: Wire | undefined
  #watch: Watch | undefined
  readonly #meter: Meter
  #sent = 0
  #ended = false
  #timedOut = false
  #requested = 0
  #proven = 0
  /** The server did not read in time once: later cuts of this connection are not waited for again. */
  #deaf = false
  #account: Account | undefined

  constructor(on: number, bytes: Uint8Array, scene: Scene<F>) {
    this.#on = on
    this.#bytes = bytes
    this.#scene = scene
    this.#meter = meter(answerCodec(scene.protocol))
  }

  /** Makes one move, or passes it over when the connection can no longer make it. There may be nothing to wait for. */
  make(move: Move): Promise<void> | undefined {
    if (this.#account !== undefined) return undefined
    const wire = this.#wire ?? this.#connect()
    if (move.do === 'close') return wire.connected && wire.flushed ? this.#close(wire) : this.#finish(wire)
    if (move.do === 'pause') return this.#pause(wire, move.ms)
    if (!wire.writable && move.do !== 'await' && move.do !== 'read-to-end') {
      if (move.do === 'write' && move.prove === 'cut') this.#requested += 1
      return undefined
    }
    if (move.do === 'write') return this.#write(wire, move)
    if (move.do === 'await') return this.#await(wire, move.units)
    if (move.do === 'fin') return this.#end(wire, undefined)
    if (move.do === 'rst') return this.#reset(wire)
    return this.#readToEnd(wire)
  }

  /** What was written must have left before the close, or the server would never see it. */
  async #finish(wire: Wire): Promise<void> {
    if (await this.#standing(wire)) await wire.until(() => wire.flushed, this.#scene.patience.drainMs)
    return this.#close(wire)
  }

  /** Closes after a lull, where one is asked for: what the server still sends was not due, and is to be seen. */
  async #close(wire: Wire): Promise<void> {
    const { lull } = this.#scene.patience
    const watch = lull && (await this.#standing(wire)) ? this.#watching(wire) : undefined
    for (let look = 0; look < MOST_LOOKS && lull && watch && wire.ending === undefined; look++) {
      const seen = wire.length
      const quiet = await lull(watch)
      await wire.until(() => wire.length > seen, 1)
      if (quiet && wire.length === seen) break
    }
    await this.close()
  }

  /** Closes and settles the account, unless that was done before. */
  close(): Promise<void> | undefined {
    const wire = this.#wire
    return wire === undefined || this.#account !== undefined ? undefined : this.#closeWire(wire)
  }

  async #closeWire(wire: Wire): Promise<void> {
    this.#account = this.#settle(wire)
    this.#watch?.close()
    await wire.close()
    this.#scene.table.wires.give(wire)
    this.#scene.events.push({ at: this.#scene.now(), on: this.#on, did: 'closed' })
  }

  account(): Account {
    return (
      this.#account ?? {
        sent: 0,
        ended: false,
        received: new Uint8Array(0),
        ending: 'open',
        cuts: { requested: 0, proven: 0 },
      }
    )
  }

  #connect(): Wire {
    const wire = this.#scene.table.wires.take()
    wire.hasPendingReset = this.#scene.table.hasPendingReset
    this.#wire = wire
    const log = { on: this.#on, events: this.#scene.events, now: this.#scene.now }
    wire.open(this.#scene.table.address, log, FLOOD + 8 * this.#bytes.length, this.#meter)
    return wire
  }

  #write(wire: Wire, move: Write): Promise<void> | undefined {
    if (move.prove !== 'no' || move.tail !== 'nothing') return this.#writeStanding(wire, move)
    wire.write(this.#segment(move))
    return undefined
  }

  async #writeStanding(wire: Wire, move: Write): Promise<void> {
    if (!(await this.#standing(wire))) {
      if (move.prove === 'cut') this.#requested += 1
      return
    }
    const segment = this.#segment(move)
    if (move.tail === 'fin') return this.#end(wire, segment)
    wire.write(segment)
    if (move.tail === 'rst') return this.#reset(wire)
    if (move.prove !== 'no') await this.#prove(wire, move.prove === 'cut')
  }

  #segment({ from, to }: Write): Uint8Array {
    this.#sent = to
    this.#note({ did: 'sent', from, to })
    return this.#bytes.subarray(from, to)
  }

  /** Whether the handshake is over; the kernel can only be asked about a connection that stands. */
  async #standing(wire: Wire): Promise<boolean> {
    if (!wire.connected) await this.#wait(wire, () => wire.connected, 'the connection')
    return wire.connected && wire.writable
  }

  async #prove(wire: Wire, counts: boolean): Promise<void> {
    const delivery = this.#deaf ? 'unproven' : await this.#delivered(wire)
    if (delivery === 'unproven') this.#deaf = this.#scene.table.barrier.kind !== 'gap'
    const proof: Proof = delivery === 'proven' ? 'proven' : 'unproven'
    if (!counts) return
    this.#requested += 1
    if (proof === 'proven') this.#proven += 1
    this.#note({ did: 'cut', offset: this.#sent, proof })
  }

  async #delivered(wire: Wire): Promise<Delivery> {
    const { drainMs } = this.#scene.patience
    if (!wire.flushed && !(await wire.until(() => wire.flushed, drainMs))) return 'unproven'
    return (await this.#watching(wire)?.drained(this.#sent, drainMs)) ?? 'unproven'
  }

  #watching(wire: Wire): Watch | undefined {
    const { localAddress, localPort } = wire
    if (this.#watch !== undefined || localAddress === undefined || localPort === undefined) return this.#watch
    const { host, port } = this.#scene.table.address
    this.#watch = this.#scene.table.barrier.watch({ localAddress, localPort, remoteAddress: host, remotePort: port })
    // Whoever waits for a proof must not wait on when we have given up.
    wire.onAbandon = () => this.#watch?.close()
    return this.#watch
  }

  #await(wire: Wire, units: number | undefined): Promise<void> {
    const enough =
      units === undefined
        ? () => wire.ending !== undefined
        : () => this.#meter.units >= units || wire.ending !== undefined
    return this.#wait(wire, enough, units === undefined ? 'quiet' : 'answers')
  }

  async #readToEnd(wire: Wire): Promise<void> {
    if (await this.#standing(wire)) await this.#wait(wire, () => wire.ending !== undefined, 'the end')
    await this.close()
  }

  #end(wire: Wire, last: Uint8Array | undefined): undefined {
    const descriptor = last === undefined ? undefined : wire.descriptor
    const corked = descriptor !== undefined && (this.#scene.table.cork?.(descriptor) ?? false)
    this.#ended = true
    this.#note({ did: 'sent-fin', withData: corked })
    wire.end(last)
  }

  async #reset(wire: Wire): Promise<void> {
    await this.#standing(wire)
    this.#note({ did: 'sent-rst' })
    this.#account = this.#settle(wire)
    this.#watch?.close()
    await wire.reset()
    this.#scene.table.wires.give(wire)
  }

  async #pause(wire: Wire, ms: number): Promise<void> {
    await wire.until(() => wire.ending !== undefined, ms)
    this.#note({ did: 'paused', ms })
  }

  async #wait(wire: Wire, done: () => boolean, what: string): Promise<void> {
    const began = this.#scene.now()
    const { idleMs, quiet } = this.#scene.patience
    const { reads, atWork } = this.#scene.table.wires
    const first = quiet === undefined && wire.connected ? idleMs : atWork > 1 ? BUSY_SLICE_MS : SLICE_MS
    if (await wire.until(done, first)) return
    if (!wire.connected) await wire.until(() => wire.connected, CONNECT_MS)
    const met = wire.connected ? await this.#waitOn(wire, done, { first, reads }) : this.#how(wire, done)
    if (met === 'met') return
    if (wire.ending === undefined && wire.gaveUp === undefined) this.#timedOut = what !== 'quiet'
    this.#note({ did: 'waited', for: what, ms: this.#scene.now() - began, why: met })
  }

  /** The rest of a wait, on a connection that stands. */
  async #waitOn(wire: Wire, done: () => boolean, { first, reads }: Omit<Sliced, 'quiet'>): Promise<Met> {
    const { idleMs, quiet } = this.#scene.patience
    if (quiet !== undefined) return this.#patiently(wire, done, { first, reads, quiet })
    if (first < idleMs) await wire.until(done, idleMs)
    return this.#how(wire, done)
  }

  /** Goes on waiting, in slices, and asks between them whether the server is quiet. */
  async #patiently(wire: Wire, done: () => boolean, { first, reads, quiet }: Sliced): Promise<Met> {
    const { patience, table, now } = this.#scene
    let progress = now()
    let seen = wire.length
    let readsBefore = reads
    for (let slice = 2 * first; now() - progress < patience.idleMs; slice = Math.min(LONGEST_SLICE_MS, 2 * slice)) {
      if (this.#how(wire, done) !== 'deadline') break
      // A server that was answering anybody just now is not quiet, and to ask costs more than a conversation.
      const calm = table.wires.reads === readsBefore && wire.flushed
      readsBefore = table.wires.reads
      const silent = calm && (await this.#isQuiet(wire, quiet))
      if (wire.length !== seen) progress = now()
      seen = wire.length
      // Also after a quiet sample: what the server sent before it may lie unread in our own kernel.
      if (await wire.until(done, slice)) return 'met'
      if (silent && wire.length === seen && this.#how(wire, done) === 'deadline') return 'quiet'
    }
    return this.#how(wire, done)
  }

  #how(wire: Wire, done: () => boolean): 'met' | 'over' | 'deadline' {
    if (done()) return 'met'
    return wire.ending !== undefined || wire.gaveUp !== undefined ? 'over' : 'deadline'
  }

  async #isQuiet(wire: Wire, quiet: Quiet): Promise<boolean> {
    const watch = wire.connected ? this.#watching(wire) : undefined
    return watch !== undefined && (await quiet(watch))
  }

  #settle(wire: Wire): Account {
    const ending: Ending =
      wire.ending ?? (wire.gaveUp === undefined ? (this.#timedOut ? 'timeout' : 'open') : 'gave-up')
    const received = wire.takeReceived()
    this.#meter.remember(received)
    return {
      sent: this.#sent,
      ended: this.#ended,
      received,
      ending,
      ...(wire.gaveUp === undefined ? {} : { gaveUp: wire.gaveUp }),
      cuts: { requested: this.#requested, proven: this.#proven },
    }
  }

  #note(event: DistributiveOmit<Event, 'at' | 'on'>): void {
    this.#scene.events.push({ at: this.#scene.now(), on: this.#on, ...event } as Event)
  }
}

/** How a wait ended: `over`, the connection is; `quiet`, the server is. */
type Met = 'met' | 'over' | 'deadline' | 'quiet'

/** How long the first slice was, in milliseconds, and how many reads there were before it. */
interface Sliced {
  readonly first: number
  readonly reads: number
  readonly quiet: Quiet
}

type Quiet = NonNullable<Patience['quiet']>

type Write = Extract<Move, { do: 'write' }>

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
