// How slow a server is, from the plain conversation with it.

import type { Transcript } from './transcript.ts'

/** Milliseconds between a send and the next bytes received, at the longest. */
export function slowestAnswer(transcripts: readonly Transcript[]): number {
  let slowest = 0
  for (const { events } of transcripts) {
    let sent: number | undefined
    for (const event of events) {
      if (event.did === 'sent') sent ??= event.at
      if (event.did !== 'received' || sent === undefined) continue
      slowest = Math.max(slowest, event.at - sent)
      sent = undefined
    }
  }
  return slowest
}

/**
 * Milliseconds of silence before something came, at the longest: behind a send, or behind other bytes. Where no model tells
 * what is due, a message may have no answer, and an answer may come in parts.
 */
export function longestSilence(transcripts: readonly Transcript[]): number {
  let longest = 0
  for (const { events } of transcripts) {
    let since: number | undefined
    for (const { did, at } of events) {
      if (did === 'received' && since !== undefined) longest = Math.max(longest, at - since)
      if (did === 'sent' || did === 'received') since = at
    }
  }
  return longest
}
