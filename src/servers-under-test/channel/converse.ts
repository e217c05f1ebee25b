// The loop that everybody writes first: read, answer, read again. It is the same for every style that runs sequential
// code, and says nothing of threads: who calls it waits inside it, until the connection is over.
//
// Nothing is read while an answer is not yet with the kernel. That is the whole of back-pressure here: never more than
// the answers to one read are held.

import { setImmediate } from 'node:timers/promises'
import type { Cancel, Handler, Service, ServiceOptions, Transport } from '../transport.ts'
import type { Alarm } from './alarm.ts'
import type { Channel } from './channel.ts'

/** How a conversation is run, besides what is said. */
export interface Manner {
  readonly alarm: Alarm
  /** Aborted when the server stops: what has come is answered, and the conversation ends. */
  readonly stopping: AbortSignal
}

/** Runs a service on one connection until that is closed. */
export async function converse(
  channel: Channel,
  service: Service,
  options: ServiceOptions,
  { alarm, stopping }: Manner,
): Promise<void> {
  const transport = new ChannelTransport(channel, alarm)
  const handler = service(transport, options)
  const interrupt = () => channel.interrupt()
  stopping.addEventListener('abort', interrupt)
  let told = false
  while (!transport.isOver) {
    if (stopping.aborted && !told) {
      told = true
      // What the kernel already holds for us is read and answered first: between two immediates lies one whole poll.
      await setImmediate()
      await setImmediate()
      if (transport.wantsBytes && channel.unsent === 0) hear(transport, handler, channel.readNow())
      if (!transport.isOver) handler.shutdown()
    }
    alarm.ring()
    if (!transport.isOver) await step(channel, transport, handler, alarm)
  }
  stopping.removeEventListener('abort', interrupt)
  await channel.close()
  handler.lost(channel.trouble)
}

/** The one wait that is due now: for room, for our own end, for bytes, or for time. */
async function step(channel: Channel, transport: ChannelTransport, handler: Handler, alarm: Alarm): Promise<void> {
  if (channel.unsent > 0) {
    const sent = await channel.drain()
    if (sent === 'all') handler.drained()
    if (sent === 'gone') transport.isOver = true
  } else if (transport.ourEnd === 'wanted') {
    transport.ourEnd = 'sent'
    await channel.end()
  } else if (transport.wantsBytes) hear(transport, handler, await channel.read())
  else if (transport.ourEnd === 'sent' && transport.clientEnded) transport.isOver = true
  // Without a timer nothing would ever happen again.
  else if (!alarm.isSet) transport.isOver = true
  else await channel.rest()
}

function hear(transport: ChannelTransport, handler: Handler, got: Awaited<ReturnType<Channel['read']>>): void {
  if (got === 'nothing') return
  if (got === 'gone') transport.isOver = true
  else if (got === 'end') {
    transport.clientEnded = true
    handler.receivedEnd()
  } else handler.received(got)
}

class ChannelTransport implements Transport {
  /** Nothing more is to be done: closed by the handler, by both sides, or broken. */
  isOver = false
  ourEnd: 'open' | 'wanted' | 'sent' = 'open'
  clientEnded = false
  #paused = false
  readonly #channel: Channel
  readonly #alarm: Alarm

  constructor(channel: Channel, alarm: Alarm) {
    this.#channel = channel
    this.#alarm = alarm
  }

  get wantsBytes(): boolean {
    return !this.isOver && !this.clientEnded && !this.#paused
  }

  get buffered(): number {
    return this.#channel.unsent
  }

  write(bytes: Uint8Array): void {
    this.#channel.write(bytes)
  }

  end(): void {
    this.ourEnd = 'wanted'
  }

  close(): void {
    this.isOver = true
  }

  abort(): void {
    this.isOver = true
    this.#channel.abort()
  }

  pauseReading(): void {
    this.#paused = true
  }

  resumeReading(): void {
    this.#paused = false
  }

  after(ms: number, action: () => void): Cancel {
    return this.#alarm.after(ms, action)
  }
}
