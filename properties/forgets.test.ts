import { describe, expect, it } from 'vitest'
import { declaredCodec } from '../src/codec/parts.ts'
import { type Case, sentBytes } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account, Transcript } from '../src/harness/transcript.ts'
import { forgets } from './forgets.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { frame } from './protocols/frame.ts'

const MIB = 1_048_576

const after = (mib: number | undefined, processes: number): Transcript => ({
  connections: [],
  events: [],
  ...(mib === undefined ? {} : { resources: { anonymousBytes: mib * MIB, processes } }),
})
const gone: Account = {
  sent: MIB - 1,
  ended: true,
  received: new Uint8Array(0),
  ending: 'fin',
  cuts: { requested: 1, proven: 1 },
}
const judged = (mib: readonly (number | undefined)[], processes = 1) =>
  forgets.check(
    [],
    mib.map((each) => after(each, processes)),
    frame,
  )

describe('memory after 8, 32, 96, 160 and 224 plays', () => {
  it.each<[string, number[]]>([
    ['no more than before', [40, 40]],
    ['a heap that grows to what the case takes', [60, 70]],
    ['a collector that begins after 64 MiB', [61, 85, 116]],
    ['a pool that filled with the third row', [56, 88, 152, 160]],
    ['what a timer gives back, and the allocator gives to others', [56, 88, 152, 152]],
    ['what a timer gives back, and the kernel gets', [56, 88, 152, 168]],
    ['what a timer gives back, and a collector a row later', [56, 88, 152, 216, 152]],
  ])('is not kept: %s', (_, mib) => {
    expect(judged(mib)).toEqual({ is: 'pass' })
  })

  it('grows by half of what was said each time where it is kept', () => {
    expect(judged([56, 68, 100, 132, 164])).toEqual({
      is: 'fail',
      rule: 'keeps',
      expected: 'less than 0.5 MiB more memory for each time that clients have said 1 MiB and are gone',
      actual:
        '12 MiB more after 24 times, 32 MiB more after 64 times, 32 MiB more after 64 times, 32 MiB more after 64 times',
    })
  })

  it('is what the collectors of several processes let lie, where it is no more than that', () => {
    expect(judged([56, 88, 152, 216, 280], 4)).toEqual({ is: 'pass' })
    expect(judged([56, 88, 152, 216, 280], 3)).toMatchObject({ is: 'fail' })
  })

  describe('of which', () => {
    const NOT_READ = 'not all that clients said was read'
    const MISSING = 'rows of plays that would bear it out are missing'
    const row = (mib: number, proven: readonly number[]): Transcript => ({
      ...after(mib, 1),
      connections: proven.map((each) => ({ ...gone, cuts: { requested: 1, proven: each } })),
    })

    it.each([
      ['not all is read tells nothing, at once', [1, 0], { is: 'inconclusive', why: NOT_READ }],
      ['all is read goes on', [1, 1], { is: 'inconclusive', why: MISSING, early: true }],
      ['nothing is known to be read goes on', [0, 0], { is: 'inconclusive', why: MISSING, early: true }],
    ])('%s', (_, proven, verdict) => {
      expect(forgets.check([], [row(56, proven)], frame)).toEqual(verdict)
    })

    it('not all is read now and then are counted all the same', () => {
      const rows = [56, 68, 100, 132, 164].map((mib, at) => row(mib, at === 1 ? [1, 0] : [1, 1]))
      expect(forgets.check([], rows.slice(0, 2), frame)).toMatchObject({ early: true })
      expect(forgets.check([], rows, frame)).toMatchObject({ is: 'fail' })
    })
  })

  it.each<[string, (number | undefined)[]]>([
    ['the first row', [56]],
    ['rows that the next may bear out', [56, 88, 152, 216]],
    ['what cannot be seen', [56, undefined]],
    ['nothing', []],
  ])('%s tells nothing', (_, mib) => {
    expect(judged(mib)).toMatchObject({ is: 'inconclusive' })
  })
})

describe('its cases', () => {
  const varint = (limit: number): Protocol => ({
    name: 'own',
    codec: declaredCodec({ framing: 'varint', flavour: 'leb128', limit }) as Protocol['codec'],
    samples: [{ head: new Uint8Array(0), data: new Uint8Array(0) }],
  })
  const made = (protocol: Protocol): Case[] => [
    forgets.firsts![0]!(protocol),
    ...Array.from(
      { length: 10 },
      (_, index) => forgets.cases(protocol).generate(chanceFor(1, forgets.id, index), undefined).value,
    ),
  ]
  const admits = (connections: Case['connections']): boolean => forgets.admits!({ connections, turns: [] }, frame)

  it.each<[string, Protocol, number]>([
    ['1 MiB', frame, 1],
    ['half of it', varint(600_000), 2],
    ['a quarter', varint(300_000), 4],
  ])('say 1 MiB in messages of about %s, and are gone before the last byte, half by RST and half by FIN', (_, protocol, clients) => {
    for (const subject of made(protocol)) {
      for (const way of ['reset', 'end']) {
        const these = subject.connections.filter(({ steps }) => steps.at(-1)?.do === way)
        expect(these.length).toBe(clients)
        expect(these.reduce((total, script) => total + sentBytes(script).length + 1, 0)).toBeGreaterThanOrEqual(MIB)
      }
      for (const script of subject.connections) expect(script.cuts).toEqual([sentBytes(script).length - 1])
      expect(forgets.admits!(subject, protocol)).toBe(true)
    }
  })

  it('shrink to those of one way, as long as all that is said is taken in', () => {
    const [script] = forgets.firsts![0]!(frame).connections
    const [send, last] = script!.steps
    expect(admits([script!])).toBe(true)
    expect(admits([{ ...script!, cuts: [] }])).toBe(false)
    expect(admits([{ ...script!, steps: [send!] }])).toBe(false)
    const refused = new Uint8Array(MIB).fill(0xff)
    expect(admits([{ steps: [{ do: 'send', bytes: refused }, last!], cuts: [MIB - 1] }])).toBe(false)
    const half = refused.subarray(MIB / 2)
    expect(admits([{ steps: [{ do: 'send', bytes: half }, last!], cuts: [half.length - 1] }])).toBe(false)
  })
})

it('is for protocols with long messages', () => {
  const those = builtInProtocols.filter(
    (protocol) => protocol.transport === undefined && forgets.notFor?.(protocol) === undefined,
  )
  expect(those.map(({ name }) => name)).toEqual(['frame', 'echo', 'upper', 'files'])
  expect(forgets.notFor?.(builtInProtocols.find(({ name }) => name === 'collector')!)).toContain('262144 bytes long')
})
