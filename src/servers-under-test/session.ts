// The life of a connection, the same for every protocol: idle time, back-pressure, and the ways to end. What is said
// is left to a Responder, which knows neither clock nor connection.
//
//   talking --(a reply that ends our side, FIN, idle time, shutdown)--> ending --(the client ends, or too late)--> lost
//
// While ending, our FIN is on its way and everything that still comes is read and thrown away. Closing with unread
// bytes would make the kernel send RST, which cuts the answers off that the client has not read yet.

import type { Cancel, Handler, Service, ServiceOptions, Transport } from './transport.ts'

/** What a protocol says to what it heard. */
export interface Reply {
  /** Encoded answers, in order. */
  readonly answers: readonly Uint8Array[]
  /** Our side ends after these answers; the client then has this many milliseconds to end its own. */
  readonly lingerMs?: number
}

/** One direction of one connection turned into answers. Free of I/O and time, however the bytes are torn. */
export interface Responder {
  heard(bytes: Uint8Array): Reply
  /** The client has ended its side. Ours ends after this reply, whatever it holds. */
  heardEnd(): Reply
  /** The idle time is over. Our side ends after this reply, whatever it holds. */
  heardNothing(): Reply
}

/** Milliseconds that a client has to end its side after we ended ours on an error: frame-protocol.md, bad streams. */
export const LINGER_MS = 1000

/** Bytes of held-back answers at which we stop reading. One more read, completing a 1 MiB frame, still fits "1 MiB". */
export const HIGH_WATER = 64 * 1024

/** The service that gives every connection a responder of its own. */
export function session(respond: (options: ServiceOptions) => Responder): Service {
  return (transport, options) => new Session(transport, respond(options), options.idleMs)
}

class Session implements Handler {
  readonly #transport: Transport
  readonly #responder: Responder
  readonly #idleMs: number
  #state: 'talking' | 'ending' = 'talking'
  /** Idle time while talking, linger time while ending: never both. */
  #cancelTimer: Cancel = () => {}

  constructor(transport: Transport, responder: Responder, idleMs: number) {
    this.#transport = transport
    this.#responder = responder
    this.#idleMs = idleMs
    this.#awaitBytes()
  }

  received(bytes: Uint8Array): void {
    if (this.#state === 'ending') return
    const reply = this.#responder.heard(bytes)
    this.#say(reply.answers)
    if (reply.lingerMs !== undefined) this.#finish(reply.lingerMs)
    else this.#awaitBytes()
  }

  receivedEnd(): void {
    if (this.#state === 'ending') return
    this.#state = 'ending'
    this.#cancelTimer()
    this.#say(this.#responder.heardEnd().answers)
    this.#transport.end()
  }

  drained(): void {
    if (this.#state === 'ending') return
    this.#transport.resumeReading()
    this.#awaitBytes()
  }

  shutdown(): void {
    if (this.#state === 'talking') this.#finish(this.#idleMs)
  }

  lost(): void {
    this.#state = 'ending'
    this.#cancelTimer()
  }

  /** One write for all answers of one read: a system call each would cost more than the copy. */
  #say(answers: readonly Uint8Array[]): void {
    const [first] = answers
    if (first !== undefined) this.#transport.write(answers.length === 1 ? first : Buffer.concat(answers))
  }

  /** The idle time begins anew, or waits for `drained` while answers are held: a slow reader is not an idle client. */
  #awaitBytes(): void {
    this.#cancelTimer()
    const held = this.#transport.buffered
    if (held === 0) this.#cancelTimer = this.#transport.after(this.#idleMs, () => this.#idleOver())
    else if (held > HIGH_WATER) this.#transport.pauseReading()
  }

  #idleOver(): void {
    this.#say(this.#responder.heardNothing().answers)
    this.#finish(LINGER_MS)
  }

  #finish(lingerMs: number): void {
    this.#state = 'ending'
    this.#cancelTimer()
    this.#transport.end()
    this.#transport.resumeReading()
    this.#linger(lingerMs)
  }

  /** As long as held answers move, the client reads, and is given the same time once more. */
  #linger(ms: number): void {
    const held = this.#transport.buffered
    this.#cancelTimer = this.#transport.after(ms, () => {
      if (this.#transport.buffered < held) this.#linger(ms)
      else this.#transport.close()
    })
  }
}
