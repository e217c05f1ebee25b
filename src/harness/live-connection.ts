// One connection while it is played: makes its moves and keeps its account.

import { ConnectionLog } from './connection-log.ts'
import { CutProof } from './cut-proof.ts'
import { answerCodec, type Meter, meter } from './hear.ts'
import { PatientWait } from './patient-wait.ts'
import type { Move } from './plan.ts'
import type { Scene } from './scene.ts'
import type { Account } from './transcript.ts'
import { Unread } from './unread.ts'
import type { Listener, Wire } from './wire.ts'

/** To wait for answers is to read. */
const READS: ReadonlySet<Move['do']> = new Set(['read-on', 'await', 'read-to-end'])

/** A server may answer with this many bytes and eight times what it was sent; then we stop listening. */
const FLOOD = 4 * 1024 * 1024

/** One connection of a play. */
export class LiveConnection<F> implements Listener {
  readonly #bytes: Uint8Array
  readonly #scene: Scene<F>
  readonly #log: ConnectionLog
  readonly #meter: Meter
  readonly #cuts: CutProof
  readonly #waits: PatientWait
  readonly #unread: Unread
  #wire: Wire | undefined
  #account: Account | undefined

  constructor(on: number, bytes: Uint8Array, scene: Scene<F>) {
    this.#bytes = bytes
    this.#scene = scene
    this.#log = new ConnectionLog(on, scene.events, scene.now)
    this.#meter = meter(answerCodec(scene.protocol))
    this.#cuts = new CutProof(this.#log, scene as Scene<unknown>)
    this.#waits = new PatientWait(this.#log, this.#cuts, scene as Scene<unknown>)
    this.#unread = new Unread(this.#log, this.#cuts, this.#waits, scene as Scene<unknown>)
  }

  /** Makes one move, or passes it over when the connection can no longer make it. There may be nothing to wait for. */
  make(move: Move): Promise<void> | undefined {
    if (this.#account !== undefined) return undefined
    const wire = this.#wire ?? this.#connect(move)
    if (READS.has(move.do)) this.#unread.readOn(wire)
    if (move.do === 'close') return this.#finish(wire)
    if (move.do === 'pause') return this.#waits.pause(wire, move.ms)
    if (move.do === 'await') return this.#waits.answers(wire, this.#meter, move.units)
    if (move.do === 'read-to-end') return this.#readToEnd(wire)
    if (move.do === 'read-on') return undefined
    if (!wire.writable) return this.#passOver(move)
    if (move.do === 'stop-reading') return this.#unread.stop(wire)
    if (move.do === 'write') return this.#write(wire, move)
    if (move.do === 'fin') return this.#end(wire, undefined)
    return this.#reset(wire)
  }

  /** Closes and settles the account, unless that was done before. */
  close(): Promise<void> | undefined {
    const wire = this.#wire
    return wire === undefined || this.#account !== undefined ? undefined : this.#leave(wire, 'close')
  }

  account(): Account {
    return this.#account ?? this.#log.account(new Uint8Array(0), this.#cuts.counts)
  }

  onReceived(chunk: Uint8Array): void {
    this.#meter.push(chunk)
  }

  onAbandoned(): void {
    this.#cuts.close()
  }

  #connect(first: Move): Wire {
    const { address, wires, hasPendingReset, window } = this.#scene.table
    const wire = wires.take()
    this.#wire = wire
    const limit = FLOOD + 8 * this.#bytes.length
    const prepare = first.do === 'stop-reading' ? window?.narrow : undefined
    wire.open(address, { log: this.#log, limit, listener: this, hasPendingReset, prepare })
    return wire
  }

  #passOver(move: Move): undefined {
    if (move.do === 'write' && move.prove === 'cut') this.#cuts.missed()
  }

  #write(wire: Wire, move: Write): Promise<void> | undefined {
    if (move.prove !== 'no' || move.tail !== 'nothing') return this.#writeStanding(wire, move)
    wire.write(this.#segment(move))
    return undefined
  }

  async #writeStanding(wire: Wire, move: Write): Promise<void> {
    if (!(await this.#waits.standing(wire))) return this.#passOver(move)
    const segment = this.#segment(move)
    if (move.tail === 'fin') return this.#end(wire, segment)
    wire.write(segment)
    if (move.tail === 'rst') return this.#reset(wire)
    if (move.prove === 'no') return
    if (move.prove === 'order' && wire.isPaused) return this.#unread.standstill(wire)
    const proof = await this.#cuts.prove(wire, move.to)
    if (move.prove === 'order') return
    this.#cuts.count(proof)
    this.#log.note({ did: 'cut', offset: move.to, proof })
  }

  #segment({ from, to }: Write): Uint8Array {
    this.#log.left({ did: 'sent', from, to })
    return this.#bytes.subarray(from, to)
  }

  #end(wire: Wire, last: Uint8Array | undefined): undefined {
    const descriptor = last === undefined ? undefined : wire.descriptor
    const corked = descriptor !== undefined && (this.#scene.table.cork?.(descriptor) ?? false)
    this.#log.left({ did: 'sent-fin', withData: corked })
    wire.end(last)
  }

  async #readToEnd(wire: Wire): Promise<void> {
    await this.#waits.theEnd(wire)
    await this.close()
  }

  async #reset(wire: Wire): Promise<void> {
    if (await this.#waits.standing(wire)) this.#log.note({ did: 'sent-rst' })
    await this.#leave(wire, 'reset')
  }

  /** What was written must have left before the close, or the server would never see it. */
  async #finish(wire: Wire): Promise<void> {
    if (!this.#log.connected || !wire.flushed) await this.#waits.flushed(wire)
    await this.#waits.lull(wire)
    await this.close()
  }

  async #leave(wire: Wire, how: 'close' | 'reset'): Promise<void> {
    const received = wire.takeReceived()
    this.#meter.remember(received)
    this.#account = this.#log.account(received, this.#cuts.counts)
    this.#cuts.close()
    await wire[how]()
    this.#scene.table.wires.give(wire, received.length > 0 && !this.#log.timedOut)
    if (how === 'close') this.#log.note({ did: 'closed' })
  }
}

type Write = Extract<Move, { do: 'write' }>
