import { describe, expect, it } from 'vitest'
import { declaredCodec } from '../src/codec/parts.ts'
import { type Case, caseSize } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { ProtocolFault } from '../src/harness/protocol-fault.ts'
import { alone, awaitAll, send } from '../src/harness/testing/steps.ts'
import type { Account, Event, Transcript } from '../src/harness/transcript.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { frame } from './protocols/frame.ts'
import { rescan } from './rescan.ts'

const frames = frame as Protocol
const CUTS = 1_023
const OUT_OF_TIME: Event = { at: 1, on: 0, did: 'waited', for: 'cuts', ms: 10_000, why: 'enough' }

/** What is seen of a server that takes so long for each segment; further cuts are not proven. */
function seen(times: readonly number[], ending: Account['ending'] = 'open', more: readonly Event[] = []): Transcript {
  let at = 0
  const cuts = [5, ...times].map((ms, index): Event => {
    at += ms
    return { at, on: 0, did: 'cut', offset: 1_024 * (index + 1), proof: 'proven' }
  })
  const left = CUTS - cuts.length
  const unproven = Array.from({ length: left }, (): Event => ({ at, on: 0, did: 'cut', offset: 1, proof: 'unproven' }))
  const account = { sent: 1_048_576, ended: false, received: new Uint8Array(0), ending }
  return {
    connections: [{ ...account, cuts: { requested: CUTS, proven: cuts.length } }],
    events: [...cuts, ...more, ...unproven],
  }
}

const judged = (...given: Parameters<typeof seen>) => rescan.check([], [seen(...given)], frames)

/** The times of a whole message: by the number of the segment, from 0, how many milliseconds it takes. */
const whole = (ms: (at: number) => number, count = CUTS - 1): number[] =>
  Array.from({ length: count }, (_, at) => ms(at))

/** Numbers from 0 to 1 that look like chance, always the same (Park and Miller, 1988). */
function* noise(): Generator<number, never> {
  for (let state = 48_271; ; state = (state * 48_271) % 0x7fff_ffff) yield state / 0x7fff_ffff
}

describe('segments that cost ever more', () => {
  it('fail, with the medians of the first and of the last eighth', () => {
    expect(judged(whole((at) => 0.08 + at / 1_000))).toEqual({
      is: 'fail',
      rule: 'quadratic',
      expected: 'the last of 1022 segments take less than 3 times as long as the first',
      actual: '1.04 ms each, after 0.14 ms at first: 457 ms more in all',
    })
  })
  it('fail where the second half is dearer still, as where a cache is too small', () => {
    expect(judged(whole((at) => 0.1 + (at < 500 ? at : 3 * at - 1_000) / 1_000)).is).toBe('fail')
  })
  it('fail in the midst of noise', () => {
    const chances = noise()
    expect(judged(whole((at) => (0.1 + at / 1_000) * (0.5 + chances.next().value))).is).toBe('fail')
  })
  it('fail where there was no time for all of them', () => {
    const slow = whole((at) => 0.1 + at / 2, 200)
    expect(judged(slow, 'open', [OUT_OF_TIME])).toMatchObject({ is: 'fail', rule: 'quadratic' })
    expect(judged(slow).is).toBe('fail')
  })
})

describe('a right server passes', () => {
  const chances = noise()
  it.each<[string, (at: number) => number]>([
    ['that takes the same for each', () => 0.08],
    ['that polls', () => 10],
    ['whose first segments are dear, as before code is compiled', (at) => (at < 150 ? 3 : 0.08)],
    ['that copies its buffer whenever it doubles', (at) => (Number.isInteger(Math.log2(at)) ? 0.2 * at : 0.08)],
    ['that takes a new page for every eighth', (at) => (at % 8 === 0 ? 2 : 0.08)],
    ['on a machine that is busy now and then', () => 0.05 / (chances.next().value + 0.01)],
    ['on a machine that gets busy half-way', (at) => (at < 511 ? 0.08 : 3)],
    ['on a machine that gets busy towards the end', (at) => (at < 800 ? 0.08 : 5)],
    ['on a machine that is busy for a moment', (at) => (at > 400 && at < 600 ? 4 : 0.08)],
    ['that counts its segments anew with each, which takes no time', (at) => 0.01 + at / 20_000],
    ['that gets a little slower', (at) => 1 + at / 1_000],
  ])('%s', (_, ms) => expect(judged(whole(ms))).toEqual({ is: 'pass' }))

  it('that ends the connection: how long a message it takes is its own affair', () => {
    for (const ending of ['fin', 'reset'] as const)
      expect(
        judged(
          whole(() => 1, 20),
          ending,
        ),
      ).toEqual({ is: 'pass' })
  })
  it('that is so slow that not all is waited for', () => {
    expect(
      judged(
        whole(() => 50, 200),
        'open',
        [OUT_OF_TIME],
      ),
    ).toEqual({ is: 'pass' })
  })
})

it('is told where most segments were seen to be read, and the answer came', () => {
  const of = (ms: (at: number) => number, count: number, ending: Account['ending']) => judged(whole(ms, count), ending)
  const alike = (): number => 1
  expect(of(alike, 910, 'open')).toEqual({ is: 'pass' })
  expect(of((at) => at / 100, 910, 'open')).toMatchObject({ rule: 'quadratic' })
  expect(of(alike, 514, 'open')).toEqual({ is: 'pass' })
  expect(of(alike, 500, 'open')).toMatchObject({ is: 'inconclusive' })
  expect(of(alike, 910, 'timeout')).toMatchObject({ is: 'inconclusive' })
})

describe('it cannot be told', () => {
  it.each<[string, Transcript]>([
    ['of a server that reads no further', seen(whole(() => 1, 200))],
    [
      'where hardly any segment was waited for',
      seen(
        whole(() => 400, 20),
        'open',
        [OUT_OF_TIME],
      ),
    ],
    ['where nothing was played', { connections: [], events: [] }],
  ])('%s', (_, transcript) => expect(rescan.check([], [transcript], frames).is).toBe('inconclusive'))
})

describe('the message', () => {
  const NOTHING = new Uint8Array(0)
  const own = (limit: number, model?: Protocol['model']): Protocol => ({
    name: 'own',
    codec: declaredCodec({ framing: 'varint', flavour: 'leb128', limit }) as Protocol['codec'],
    samples: [{ head: NOTHING, data: NOTHING }],
    ...(model && { model }),
  })
  const made = (protocol: Protocol): Case =>
    rescan.cases(protocol).generate(chanceFor(1, rescan.id, 0), undefined).value

  it('is one of 1 MiB, torn into 1,024 segments of the same length', () => {
    const subject = made(frames)
    expect(caseSize(subject)).toEqual({ connections: 1, frames: 1, cuts: CUTS, bytes: 1_048_576 })
    expect(subject.connections[0]?.cuts.slice(0, 3)).toEqual([1_024, 2_048, 3_072])
  })
  it('is shorter where the protocol has no room for that', () => {
    const subject = made(own(600_000))
    expect(caseSize(subject)).toEqual({ connections: 1, frames: 1, cuts: CUTS, bytes: 524_287 + 3 })
    expect(rescan.admits?.(subject, own(600_000))).toBe(true)
  })
  it('is neither shortened nor torn at fewer places by shrinking', () => {
    const { steps = [], cuts = [] } = made(frames).connections[0] ?? {}
    const [step] = steps
    const message = step?.do === 'send' ? step.bytes : NOTHING
    const half = message.subarray(0, message.length / 2)
    const admits = (bytes: Uint8Array, places: readonly number[]) =>
      rescan.admits?.(alone([send(bytes), awaitAll], places), frames)
    expect(admits(message, cuts)).toBe(true)
    expect(admits(message, cuts.slice(0, -1))).toBe(false)
    expect(admits(message, [500, ...cuts.slice(1)])).toBe(false)
    expect(admits(message.subarray(0, -1), cuts)).toBe(false)
    expect(admits(half, cuts.slice(0, CUTS / 2))).toBe(false)
  })
  it('is there in those protocols that have room for a quarter of a MiB', () => {
    const those = builtInProtocols.filter((protocol) => rescan.notFor?.(protocol) === undefined)
    expect(those.map(({ name }) => name)).toEqual(['frame', 'files'])
    expect(rescan.notFor?.(own(262_144))).toBeUndefined()
    expect(rescan.notFor?.(own(262_000))).toBe('the messages of protocol own cannot be made 262144 bytes long')
  })
  it.each<[string, NonNullable<Protocol['model']>]>([
    ['the server ends the conversation', ({ frames }) => ({ answers: frames, end: 'fin' })],
    ['nobody knows what is due', () => ({ answers: [], end: 'open', unspecified: true })],
    [
      'the model has no answer',
      () => {
        throw new ProtocolFault('it is too long')
      },
    ],
  ])('is not there where %s to one that is filled up', (_, model) => {
    expect(rescan.notFor?.(own(1_048_576, model))).toContain('cannot be made')
  })
})
