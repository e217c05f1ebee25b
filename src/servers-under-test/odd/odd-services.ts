// Services that are right and unlike any other: what they say is what is due, when and how they say it is odd.

import { changedHandler, changedTransport } from '../broken/changed.ts'
import { recorded } from '../broken/recorded.ts'
import { HIGH_WATER } from '../session.ts'
import type { Service, Transport } from '../transport.ts'

export const ODD_SERVICES = {
  /** Every answer takes 50 ms. */
  slow: (service: Service): Service => delaying(service, 50),
  /** All that is due within 20 ms goes out together. */
  coalesced: (service: Service): Service => delaying(service, 20),
  /** Every byte is a write of its own. */
  'byte-by-byte': (service: Service): Service => writing(service, 1, 4_096),
  /** Answers trickle in pieces of 1,000 bytes, as they do where the send buffer is tiny. */
  'small-pieces': (service: Service): Service => writing(service, 1_000, Number.POSITIVE_INFINITY),
  /** A connection that both sides have ended is closed by RST, and so is one whose client never ends. */
  'rst-at-the-end': resetting,
  /** Looks every 10 ms at what has come, whether there is anybody or not, and never sleeps for longer. */
  polling,
  /** Keeps what the last 32 connections have said, reset or not, as a cache or a pool of buffers does, and no more. */
  'last-said': keeping,
  /** Keeps what a client has said for a second after it is gone. */
  'forgets-late': lingering,
} as const

/** Connections, of which each may have said a MiB. */
const KEPT = 32

/** Answers, and the end after them, are given `ms` milliseconds after the first that waits. What waits is held. */
function delaying(service: Service, ms: number): Service {
  return (transport, options) => {
    let waiting: (() => void)[] = []
    let held = 0
    const later = (act: () => void, size = 0): void => {
      held += size
      waiting.push(act)
      if (waiting.length > 1) return
      transport.after(ms, () => {
        const due = waiting
        waiting = []
        held = 0
        for (const each of due) each()
        if (transport.buffered === 0) handler.drained()
      })
    }
    const slow = changedTransport(transport, {
      write: (bytes) => later(() => transport.write(bytes), bytes.length),
      end: () => later(() => transport.end()),
    })
    Object.defineProperty(slow, 'buffered', { get: () => held + transport.buffered })
    const handler = service(slow, options)
    return handler
  }
}

/** The first `most` bytes of every answer leave in pieces, each in a write of its own. */
function writing(service: Service, size: number, most: number): Service {
  const inPieces = (transport: Transport, bytes: Uint8Array): void => {
    const torn = Math.min(most, bytes.length)
    for (let at = 0; at < torn; at += size) transport.write(bytes.subarray(at, Math.min(torn, at + size)))
    if (torn < bytes.length) transport.write(bytes.subarray(torn))
  }
  return (transport, options) =>
    service(changedTransport(transport, { write: (bytes) => inPieces(transport, bytes) }), options)
}

/** Our FIN goes first, so that nothing is lost; what is left of the connection then is thrown away. */
function resetting(service: Service): Service {
  return (transport, options) => {
    const handler = service(transport, options)
    return changedHandler(handler, {
      receivedEnd: () => {
        handler.receivedEnd()
        transport.after(500, () => transport.abort())
      },
    })
  }
}

function polling(service: Service): Service {
  let come: (() => void)[] = []
  const poll = (): void => {
    const now = come
    come = []
    for (const act of now) act()
  }
  setInterval(poll, 10).unref()
  return (transport, options) => {
    const handler = service(transport, options)
    return changedHandler(handler, {
      received: (bytes) => {
        transport.pauseReading()
        come.push(() => {
          handler.received(bytes)
          if (transport.buffered <= HIGH_WATER) transport.resumeReading()
        })
      },
      receivedEnd: () => come.push(() => handler.receivedEnd()),
    })
  }
}

function keeping(service: Service): Service {
  const kept: (readonly Uint8Array[])[] = []
  return recorded(service, (said) => {
    kept.push(said)
    if (kept.length > KEPT) kept.shift()
    return () => {}
  })
}

function lingering(service: Service): Service {
  const kept = new Set<readonly Uint8Array[]>()
  return recorded(service, (said) => {
    kept.add(said)
    return () => setTimeout(() => kept.delete(said), 1_000).unref()
  })
}
