import type { Event, Transcript } from '../transcript.ts'

/** What one client and the server sent each other, datagram by datagram, each in the order in which it left or came. */
export interface Exchanged {
  readonly sent: readonly Uint8Array[]
  readonly received: readonly Uint8Array[]
}

/** The datagrams of client `on`. `bytes`: those of its steps, in which the events of a play count. */
export function exchangedBy(transcript: Transcript, on: number, bytes: Uint8Array): Exchanged {
  const came = transcript.connections[on]?.received ?? new Uint8Array(0)
  const parts = (did: 'sent' | 'received', whole: Uint8Array): Uint8Array[] =>
    transcript.events.flatMap((event) => (isOn(event, on, did) ? [whole.subarray(event.from, event.to)] : []))
  return { sent: parts('sent', bytes), received: parts('received', came) }
}

function isOn(
  event: Event,
  on: number,
  did: 'sent' | 'received',
): event is Extract<Event, { did: 'sent' | 'received' }> {
  return event.on === on && event.did === did
}
