import type { Account, Ending, Event } from './transcript.ts'

/** What is known of one connection while it lasts. Each thing that happens to it is written into the play's events. */
export class ConnectionLog {
  readonly #on: number
  readonly #events: Event[]
  readonly #now: () => number
  /** Written before the connection stood: it leaves, and is told, when it does. */
  #early: Leaving[] | undefined

  /** The TCP handshake is over. */
  connected = false
  /** How the server ended its side, once it has. */
  ending: Extract<Ending, 'fin' | 'reset' | 'refused'> | undefined
  /** Why we cannot go on, where the reason is ours. */
  gaveUp: string | undefined
  /** Bytes that left. */
  sent = 0
  /** Our FIN left. */
  ended = false
  /** Something that was due had not come when our deadline passed. */
  timedOut = false

  /** `on`: the number of the connection; `now`: milliseconds since the play began. */
  constructor(on: number, events: Event[], now: () => number) {
    this.#on = on
    this.#events = events
    this.#now = now
  }

  /** The server takes part no longer. */
  get isOver(): boolean {
    return this.ending === 'reset' || this.ending === 'refused'
  }

  /** What the connection has come to. */
  account(received: Uint8Array, cuts: Account['cuts']): Account {
    const { sent, ended, gaveUp } = this
    const ours: Ending = gaveUp !== undefined ? 'gave-up' : this.timedOut ? 'timeout' : 'open'
    const account = { sent, ended, received, ending: this.ending ?? ours, cuts }
    return gaveUp === undefined ? account : { ...account, gaveUp }
  }

  note(event: Told): void {
    this.#events.push({ at: this.#now(), on: this.#on, ...event } as Event)
  }

  /** This was written: it leaves now, or as soon as the connection stands. */
  left(leaving: Leaving): void {
    if (!this.connected) {
      this.#early ??= []
      this.#early.push(leaving)
      return
    }
    if (leaving.did === 'sent') {
      this.sent = leaving.to
      this.#events.push({ at: this.#now(), on: this.#on, did: 'sent', from: leaving.from, to: leaving.to })
    } else {
      this.ended = true
      this.note(leaving)
    }
  }

  stands(port: number): void {
    this.connected = true
    this.#events.push({ at: this.#now(), on: this.#on, did: 'connected', port })
    if (this.#early !== undefined) for (const leaving of this.#early) this.left(leaving)
  }

  received(from: number, to: number): void {
    this.#events.push({ at: this.#now(), on: this.#on, did: 'received', from, to })
  }

  /** The end of the stream was read; `isReset`: it stands for an RST. */
  serverEnded(isReset: boolean): void {
    this.ending ??= isReset ? 'reset' : 'fin'
    this.note(isReset ? { did: 'got-rst', code: 'ECONNRESET' } : { did: 'got-fin' })
  }

  failed(error: NodeJS.ErrnoException): void {
    const code = error.code ?? error.message
    if (code === 'ECONNREFUSED' || (!this.connected && code === 'ECONNRESET')) {
      this.ending = 'refused'
      this.note({ did: 'refused', code })
    } else if (code === 'ECONNRESET' || code === 'EPIPE') {
      this.ending ??= 'reset'
      this.note({ did: 'got-rst', code })
    } else {
      this.gaveUp ??= `${error.syscall ?? 'socket'} failed here: ${code}`
    }
  }
}

type Told = DistributiveOmit<Event, 'at' | 'on'>

/** What counts only when it leaves. */
type Leaving = Extract<Told, { did: 'sent' | 'sent-fin' }>

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
