// What is wrong with a datagram that came back although it should not have: by comparing it with what was sent. Loss and
// another order are never wrong (RFC 768).

import type { Case } from '../../src/harness/case.ts'
import { sentBytes } from '../../src/harness/case.ts'
import { counted, letterOf } from '../../src/harness/counted.ts'
import { type Exchanged, exchangedBy } from '../../src/harness/datagram/exchanged.ts'
import { hexText } from '../../src/harness/escape.ts'
import type { Failure } from '../../src/harness/property.ts'
import type { Transcript } from '../../src/harness/transcript.ts'

/** The first datagram, of the first client that got one, that it had not sent, or not so often; `undefined` where all is well. */
export function firstForeign(subject: Case, transcript: Transcript): Failure | undefined {
  const clients = subject.connections.map((script, on) => exchangedBy(transcript, on, sentBytes(script)))
  for (const [on, { sent, received }] of clients.entries()) {
    const left = new Map<string, number>()
    for (const bytes of sent) left.set(keyOf(bytes), (left.get(keyOf(bytes)) ?? 0) + 1)
    for (const bytes of received) {
      const times = left.get(keyOf(bytes)) ?? 0
      if (times === 0) return explained(bytes, on, clients)
      left.set(keyOf(bytes), times - 1)
    }
  }
  return undefined
}

function explained(bytes: Uint8Array, on: number, clients: readonly Exchanged[]): Failure {
  const own = clients[on]?.sent ?? []
  const other = clients.findIndex(({ sent }, index) => index !== on && sent.some((each) => isSame(each, bytes)))
  const expected = `${letterOf(on)} gets only datagrams that it has sent, each whole and as often at the most`
  const it = `${letterOf(on)} got ${counted(bytes.length, 'byte')}${bytes.length > 0 ? ` (${hexText(bytes)})` : ''}`
  const failure = (rule: string, what: string): Failure => ({ is: 'fail', rule, expected, actual: `${it}: ${what}` })
  if (other >= 0) return failure('mixed', `${letterOf(other)} has sent that`)
  if (own.some((each) => isSame(each, bytes))) return failure('too-often', 'more often than it has sent that')
  if (isJoined(bytes, own)) return failure('merged', 'two or more of its datagrams in one')
  const whole = own.find((each) => keyOf(each).includes(keyOf(bytes)))
  if (whole !== undefined) return failure('torn', `a piece of its datagram of ${counted(whole.length, 'byte')}`)
  return failure('changed', 'nobody has sent that')
}

/** Whether these bytes are some of these datagrams, two at least, one behind the other. */
function isJoined(bytes: Uint8Array, parts: readonly Uint8Array[]): boolean {
  const reached = new Set([0])
  for (const at of reached) {
    for (const part of parts) {
      const end = at + part.length
      if (part.length > 0 && end <= bytes.length && isSame(part, bytes.subarray(at, end))) reached.add(end)
    }
  }
  return bytes.length > 0 && reached.has(bytes.length)
}

function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0
}
