import { describe, expect, it } from 'vitest'
import { type Case, type Script, sentBytes } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { digest } from '../src/harness/shrink/shrink.ts'
import { problemsOf } from '../src/harness/testing/arbitrary-case.ts'
import { propertiesOf } from './catalogue.ts'
import { pauses } from './pauses.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { frame } from './protocols/frame.ts'

/** Cases of each property in a run that is told nothing else, fewer of those that cost more. */
const CASES = 400
/**
 * They say few messages over and over, by hundreds or megabytes, or one that is filled up, or by many clients a part; or none
 * where no idle time is stated.
 */
const IN_BULK = [
  'any/flood',
  'any/session',
  'any/rescan',
  'any/latency',
  'any/back-pressure',
  'any/hoarding',
  'any/burst',
  'any/forgets',
  'any/idle',
]
/** Who stops reading has the server stop too, and no cut could be proven to have reached it; the others speak of many. */
const UNTORN = [
  'any/session',
  'any/latency',
  'any/back-pressure',
  'any/hoarding',
  'any/announced',
  'any/burst',
  'any/restart',
]
/** Torn all over, each of them. */
const TORN = ['any/rescan', 'any/forgets']
const LIMIT = 1_048_576
const frames = frame as Protocol

/** Those of streams: of datagrams `udp/datagrams.test.ts` speaks. */
const ofStreams = builtInProtocols.filter(({ transport }) => transport === undefined)

const all = ofStreams.flatMap((protocol) =>
  propertiesOf(protocol)
    .filter(({ notFor }) => notFor?.(protocol) === undefined)
    .map((property) => ({ name: `${protocol.name} ${property.id}`, protocol, property })),
)

const begun = all.flatMap((one) => (one.property.firsts ?? []).map((first, at) => ({ ...one, first, at: at + 1 })))

describe.each(begun)('first case $at of $name', ({ protocol, property, first: make }) => {
  it('is valid, the same each time, and one that the claim speaks of', () => {
    const first = make(protocol)
    expect(problemsOf(first)).toEqual([])
    expect(property.admits?.(first, protocol) ?? true).toBe(true)
    // Byte by byte it takes seconds to compare a few MiB.
    expect(digest(make(protocol))).toBe(digest(first))
  })
  // Series play it many times, whatever it says; the first burst is the largest, and says as much as any.
  if (property.series !== undefined || property.id === 'any/burst') return
  it('says less than nine in ten others that say something', () => {
    const said = ({ connections }: Case): number =>
      connections.reduce((sum, script) => sum + sentBytes(script).length, 0)
    const least = said(make(protocol))
    const others = made(property, protocol, CASES)
      .map(said)
      .filter((bytes) => bytes > 0)
    expect(others.filter((bytes) => bytes < least).length).toBeLessThan(others.length / 10)
  })
})

describe.each(all)('cases of $name', ({ protocol, property }) => {
  const cases = made(property, protocol, CASES)

  it('are valid, and the claim speaks of them', () => {
    expect(cases.flatMap(problemsOf)).toEqual([])
    expect(cases.every((subject) => property.admits?.(subject, protocol) ?? true)).toBe(true)
  })
  if (UNTORN.includes(property.id) || TORN.includes(property.id)) return
  it('are torn, six in ten of them, but not all', () => {
    const torn = cases.filter(({ connections }) => connections.some(({ cuts }) => cuts.length > 0)).length
    expect(torn).toBeGreaterThan(0.6 * cases.length)
    expect(torn).toBeLessThan(cases.length)
  })
})

describe('data sizes of the frame protocol', () => {
  it('hit every edge in one run of all properties', () => {
    const applicable = all.filter(({ protocol }) => protocol.name === frames.name)
    const cases = applicable.flatMap(({ property }) => made(property, frames, CASES))
    const sizes = new Set(cases.flatMap((subject) => payloads(subject, frames).map(({ length }) => length)))
    for (const edge of [0, 1, 127, 128, 4096, 16_383, 16_384, 65_535, 65_536, 65_537, LIMIT - 1, LIMIT]) {
      expect(sizes.has(edge), `${edge} data bytes`).toBe(true)
    }
  })
  it('go over the limit in bad-oversize, by one byte too', () => {
    const property = propertiesOf(frames).find(({ id }) => id === 'frame/bad-oversize') as Property
    const lengths = made(property, frames, 60).map((subject) =>
      sends(subject).map((bytes) => Buffer.from(bytes).readUInt32BE()),
    )
    expect(lengths.flat()).toContain(LIMIT + 1)
    expect(lengths.every((each) => each.some((length) => length > LIMIT))).toBe(true)
  })
})

describe.each(ofStreams)('payloads of protocol $name', (protocol) => {
  const casesOf = propertiesOf(protocol)
    .filter(({ id }) => !IN_BULK.includes(id))
    .map((property) => [property.id, made(property, protocol, 150)] as const)
  const cases = casesOf.flatMap(([, made]) => made)

  it('are not ASCII, half of them', () => {
    const some = cases.flatMap((subject) => payloads(subject, protocol)).filter(({ length }) => length >= 8)
    const foreign = some.filter((data) => data.some((byte) => byte > 0x7f)).length
    expect(foreign / some.length).toBeGreaterThan(0.45)
  })
  it('are different for each message of a connection', () => {
    for (const [id, made] of casesOf) {
      for (const script of made.flatMap(({ connections }) => connections)) {
        const messages = id === pauses.id ? tornByPauses(script) : sends({ connections: [script], turns: [] })
        const said = messages.filter((bytes) => dataOf(bytes, protocol).length > 0)
        expect(new Set(said.map(asHex)).size).toBe(said.length)
      }
    }
  })
  it('are different for each connection of a case, from four bytes on', () => {
    for (const { connections } of cases) {
      const own = connections.map((script) => payloads({ connections: [script], turns: [] }, protocol))
      const said = own.flatMap((data) => [...new Set(data.filter(({ length }) => length >= 4).map(asHex))])
      expect(new Set(said).size).toBe(said.length)
    }
  })
})

function made(property: Property, protocol: Protocol, count: number): Case[] {
  const arbitrary = property.cases(protocol)
  const make = (index: number): Case => arbitrary.generate(chanceFor(1, property.id, index), undefined).value
  return Array.from({ length: Math.ceil(count / (property.weight ?? 1)) }, (_, index) => make(index))
}

/** The messages of a script in which pauses tear one. */
function tornByPauses({ steps }: Script): Uint8Array[] {
  const messages: Uint8Array[] = []
  for (const [at, step] of steps.entries()) {
    if (step.do !== 'send') continue
    const begun = steps[at - 1]?.do === 'pause' ? messages.pop() : undefined
    messages.push(begun === undefined ? step.bytes : Buffer.concat([begun, step.bytes]))
  }
  return messages
}

/** The data of each message that a case sends. */
function payloads(subject: Case, protocol: Protocol): Uint8Array[] {
  return sends(subject).map((bytes) => dataOf(bytes, protocol))
}

function sends({ connections }: Case): Uint8Array[] {
  return connections.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'send' ? [step.bytes] : [])))
}

function dataOf(bytes: Uint8Array, { codec }: Protocol): Uint8Array {
  const fields = codec.fields(bytes).filter(({ part }) => part === 'data')
  return bytes.subarray(fields[0]?.start ?? 0, fields.at(-1)?.end ?? 0)
}

function asHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
