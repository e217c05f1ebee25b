import { expect, it } from 'vitest'
import { longestSilence, slowestAnswer } from './slowest-answer.ts'
import type { Event, Transcript } from './transcript.ts'

/** What was sent (`>`) and what came (`<`) on a connection, each at so many milliseconds: `>0 <5`. */
function seen(text: string): Transcript[] {
  const events = text.split(' ').map((word): Event => {
    const did = word.startsWith('>') ? 'sent' : 'received'
    return { at: Number(word.slice(1)), on: 0, did, from: 0, to: 1 }
  })
  return [{ connections: [], events }]
}

it.each([
  ['each message is answered at once', '>0 <5 >10 <12', 5, 5],
  ['nothing is answered', '>0 >100', 0, 0],
  ['an answer comes in parts', '>0 <5 <45 >50 <51', 5, 40],
  ['a message has no answer', '>0 >1500 <1503', 1503, 3],
  ['the server speaks first', '<20 >30 <37', 7, 7],
])('where %s, the first bytes of an answer, and any bytes, take so long', (_, text, slowest, longest) => {
  expect([slowestAnswer(seen(text)), longestSilence(seen(text))]).toEqual([slowest, longest])
})
