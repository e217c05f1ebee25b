import { describe, expect, it } from 'vitest'
import { declaredCodec } from '../src/codec/parts.ts'
import { type Case, caseSize, type Step } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import { planCase } from '../src/harness/plan.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { alone, awaitAll, send } from '../src/harness/testing/steps.ts'
import type { Account, Event, Transcript } from '../src/harness/transcript.ts'
import { crowd } from './crowd.ts'
import { ROUNDS, ROW, ROWS } from './held-up.ts'
import { latency } from './latency.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { frame } from './protocols/frame.ts'

const frames = frame as Protocol
const COUNT = ROW * ROWS

const made = (property: Property, protocol: Protocol): Case =>
  property.cases(protocol).generate(chanceFor(1, property.id, 0), undefined).value
const subject = made(latency, frames)

const saidBy = ({ connections }: Case, on: number): Uint8Array[] =>
  (connections[on]?.steps ?? []).flatMap((step) => (step.do === 'send' ? [step.bytes] : []))

describe('the verdict', () => {
  /** B waits 700 ms for the first answer of each row beside a long message, and one for each other. */
  function heldUp(gaveUp?: string): Transcript {
    let at = 0
    const events = Array.from({ length: COUNT }, (_, message): Event[] => {
      const sent = at
      at += message % (2 * ROW) === ROW ? 700 : 1
      return [
        { at: sent, on: 1, did: 'sent', from: message, to: message + 1 },
        { at, on: 1, did: 'received', from: message, to: message + 1 },
      ]
    })
    const account: Account = {
      sent: 0,
      ended: false,
      received: new Uint8Array(0),
      ending: 'open',
      cuts: { requested: 0, proven: 0 },
    }
    const witness = { ...account, ...(gaveUp === undefined ? {} : { gaveUp }) }
    return { connections: [account, witness], events: events.flat() }
  }
  it('is that of B, beside the long message of A', () => {
    expect(latency.check([subject], [heldUp()], frames)).toMatchObject({
      rule: 'held-up',
      expected: expect.stringContaining('1,048,576 bytes of A'),
    })
  })
  it.each<[string, Parameters<Property['check']>]>([
    ['nothing was played', [[], [], frames]],
    ['we gave up', [[subject], [heldUp('interrupted')], frames]],
    ['it is a case of another claim', [[made(crowd, frames)], [heldUp()], frames]],
  ])('cannot be told where %s', (_, given) => expect(latency.check(...given).is).toBe('inconclusive'))
})

describe('the case', () => {
  it('is a client that says something short and 1 MiB three times, and one that says what is short 21 times', () => {
    const [a, b] = [saidBy(subject, 0), saidBy(subject, 1)]
    expect(a.map(({ length }) => length)).toEqual([b[0]?.length, 1_048_576, 1_048_576, 1_048_576])
    expect([b.length, new Set(b.map((bytes) => Buffer.from(bytes).toString('hex'))).size]).toEqual([21, 1])
    expect(b[0]?.length).toBeLessThan(64)
    expect(caseSize(subject)).toMatchObject({ connections: 2, frames: 4 + 21, cuts: 0 })
  })
  it('has B speak before, beside and after each of the long messages, which the server has read by then', () => {
    const { moves } = planCase(subject, frames)
    const order = moves.map(({ on }) => 'AB'[on]).join('')
    const row = 'B'.repeat(2 * ROW)
    expect(order).toBe(`${row}AA${`A${row}A${row}`.repeat(ROUNDS)}AB`)
    const written = moves.flatMap(({ on, move }) => (on === 0 && move.do === 'write' ? [move.prove] : []))
    expect(written).toEqual(['no', 'order', 'order', 'order'])
  })
  it('is as large as it is: shrinking changes one message, or leaves one out', () => {
    expect(latency.admits?.(subject, frames)).toBe(true)
    const [a, b] = [subject.connections[0]!, subject.connections[1]!]
    const changed = (on: number, steps: readonly Step[]): Case => ({
      ...subject,
      connections: subject.connections.map((script, at) => (at === on ? { ...script, steps } : script)),
    })
    const shorter = saidBy(subject, 0)[1]!.subarray(0, 500_000)
    const others: Case[] = [
      changed(0, a.steps.with(2, send(shorter))),
      changed(0, a.steps.slice(0, -2)),
      changed(1, b.steps.slice(2)),
      { ...subject, turns: subject.turns.slice(1) },
      { ...subject, connections: [{ ...a, cuts: [1] }, b] },
      alone([send('a'), awaitAll]),
    ]
    expect(others.filter((other) => latency.admits?.(other, frames))).toEqual([])
  })
})

describe('the protocols', () => {
  const NOTHING = new Uint8Array(0)
  const back: NonNullable<Protocol['model']> = ({ frames, ended }) => ({
    answers: frames,
    end: ended ? 'fin' : 'open',
  })
  const own = (limit: number, model?: Protocol['model']): Protocol => ({
    name: 'own',
    codec: declaredCodec({ framing: 'varint', flavour: 'leb128', limit }) as Protocol['codec'],
    samples: [{ head: NOTHING, data: NOTHING }],
    ...(model && { model }),
  })

  it('are those with messages of 65,000 bytes', () => {
    const streams = builtInProtocols.filter(({ transport }) => transport === undefined)
    const those = streams.filter((protocol) => latency.notFor?.(protocol) === undefined)
    expect(those.map(({ name }) => name)).toEqual(['frame', 'lines'])
    expect(latency.notFor?.(own(65_000, back))).toBeUndefined()
  })
  it('have as long a message said as they have room for', () => {
    // Two bytes more of length than the sample, which is filled up, has.
    expect(saidBy(made(latency, own(300_000, back)), 0)[1]?.length).toBe(262_144 + 2)
  })
  it.each<[string, Protocol, string]>([
    ['messages are short', own(60_000, back), 'none of 65000 bytes'],
    ['there is no model', own(1_048_576), 'has no model'],
    ['nothing is answered', own(1_048_576, () => ({ answers: [], end: 'open' })), 'has no short messages'],
    ['answers grow with what is stored', builtInProtocols.find(({ name }) => name === 'files')!, 'every name there is'],
    ['every byte is a message', builtInProtocols.find(({ name }) => name === 'echo')!, 'every byte is a message'],
  ])('are none where %s', (_, protocol, why) => expect(latency.notFor?.(protocol)).toContain(why))
})
