import type { Cancel, Handler, Service, ServiceOptions, Transport } from '../transport.ts'

/** A connection without a network: time passes when told, and the kernel takes as many bytes as it is given room for. */
export class MemoryTransport implements Transport {
  /** All bytes handed to the kernel, in order. */
  readonly sent: Uint8Array[] = []
  ending: 'open' | 'fin' | 'closed' | 'reset' = 'open'
  reading = true
  /** Number of calls of `write`. */
  writes = 0
  readonly handler: Handler
  #held: Uint8Array[] = []
  #room: number
  #now = 0
  #timers = new Set<{ readonly at: number; readonly action: () => void }>()

  constructor(service: Service, options: Partial<ServiceOptions> = {}, room = Number.POSITIVE_INFINITY) {
    this.#room = room
    this.handler = service(this, { idleMs: 30_000, ...options })
  }

  /** Everything that the client can have read so far. */
  get received(): Buffer {
    return Buffer.concat(this.sent)
  }

  get buffered(): number {
    return this.#held.reduce((sum, bytes) => sum + bytes.length, 0)
  }

  get timers(): number {
    return this.#timers.size
  }

  write(bytes: Uint8Array): void {
    if (this.ending !== 'open') throw new Error(`write after the end (${this.ending})`)
    this.writes += 1
    this.#held.push(bytes)
    this.#flush()
  }

  end(): void {
    if (this.ending !== 'open') throw new Error(`end after the end (${this.ending})`)
    this.ending = 'fin'
  }

  close(): void {
    this.ending = 'closed'
    this.handler.lost()
  }

  abort(): void {
    this.ending = 'reset'
    this.handler.lost()
  }

  pauseReading(): void {
    this.reading = false
  }

  resumeReading(): void {
    this.reading = true
  }

  after(ms: number, action: () => void): Cancel {
    const timer = { at: this.#now + ms, action }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** The client reads: the kernel has room for this many more bytes. */
  takes(bytes: number): void {
    const wasHeld = this.buffered > 0
    this.#room += bytes
    this.#flush()
    if (wasHeld && this.buffered === 0) this.handler.drained()
  }

  /** Lets this many milliseconds pass, and calls every timer in between at its time. */
  passes(ms: number): void {
    const until = this.#now + ms
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#timers.delete(next)
      this.#now = next.at
      next.action()
    }
    this.#now = until
  }

  #next(until: number) {
    return [...this.#timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
  }

  #flush(): void {
    const all = Buffer.concat(this.#held)
    const taken = Math.min(all.length, this.#room)
    this.#room -= taken
    if (taken > 0) this.sent.push(all.subarray(0, taken))
    this.#held = taken < all.length ? [all.subarray(taken)] : []
  }
}
