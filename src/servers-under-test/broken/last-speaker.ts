// answers-misrouted: an answer takes 2 ms, and goes to whoever spoke last by then.

import type { Transport } from '../transport.ts'
import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const lastSpeaker = changedServer('answers whoever spoke last', ['frame'], (right) => {
  let speaker: Transport | undefined
  return (transport, options) => {
    const write = (bytes: Uint8Array): void => void transport.after(WORK_MS, () => speaker?.write(bytes))
    const end = (): void => void transport.after(WORK_MS, () => transport.end())
    const handler = right(changedTransport(transport, { write, end }), options)
    return changedHandler(handler, {
      received: (bytes) => {
        speaker = transport
        handler.received(bytes)
      },
      lost: (error) => {
        if (speaker === transport) speaker = undefined
        handler.lost(error)
      },
    })
  }
})

const WORK_MS = 2
