import { describe, expect, it } from 'vitest'
import { sentBytes } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { forgets } from './forgets.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { frame } from './protocols/frame.ts'

const MIB = 1_048_576

const after = (mib: number | undefined): Transcript => ({
  connections: [],
  events: [],
  ...(mib === undefined ? {} : { resources: { residentBytes: mib * MIB } }),
})
const judged = (...mib: (number | undefined)[]) => forgets.check([], mib.map(after), frame)

describe('memory after 16, 48, 112 and 240 plays', () => {
  it.each<[string, number[]]>([
    ['no more than before', [40, 40]],
    ['a heap that grows to what the case takes', [60, 75]],
    ['a collector that begins after 64 MiB', [61, 93, 120]],
    ['a pool that filled with the third row', [56, 88, 152, 160]],
    ['what a timer gives back, and the allocator gives to others', [56, 88, 152, 152]],
    ['what a timer gives back, and the kernel gets', [56, 88, 152, 168]],
  ])('is not kept: %s', (_, mib) => {
    expect(judged(...mib)).toEqual({ is: 'pass' })
  })

  it('grows by half of what was said each time where it is kept', () => {
    expect(judged(56, 72, 104, 168)).toEqual({
      is: 'fail',
      rule: 'keeps',
      expected: 'less than 0.5 MiB more memory for each time that 1 MiB was said and its clients are gone',
      actual: '16 MiB more after 32 times, 32 MiB more after 64 times, 64 MiB more after 128 times',
    })
  })

  it.each<[string, (number | undefined)[]]>([
    ['the first row', [56]],
    ['rows that the next may bear out', [56, 88, 152]],
    ['what cannot be seen', [56, undefined]],
    ['nothing', []],
  ])('%s tells nothing', (_, mib) => {
    expect(judged(...mib)).toMatchObject({ is: 'inconclusive' })
  })
})

describe('its cases', () => {
  const made = (runs: number) =>
    Array.from({ length: runs }, (_, index) =>
      forgets.cases(frame).generate(chanceFor(1, forgets.id, index), undefined),
    )
  const admits = (subject: Parameters<NonNullable<typeof forgets.admits>>[0]) => forgets.admits!(subject, frame)

  it('say 1 MiB, read but for a byte, and are gone inside it or behind it, by RST or FIN', () => {
    const all = [forgets.first!(frame), ...made(20).map(({ value }) => value)]
    for (const { connections } of all) {
      const [script] = connections
      const { length } = sentBytes(script!)
      expect([connections.length, script!.cuts]).toEqual([1, [length - 1]])
    }
    const kinds = all.map(
      ({ connections: [script] }) => `${sentBytes(script!).length - MIB} ${script!.steps.at(-1)!.do}`,
    )
    expect([...new Set(kinds)].sort()).toEqual(['-1 end', '-1 reset', '0 end', '0 reset'])
  })

  it('and those that shrink from them, are of this claim as long as all of it is taken in', () => {
    const subject = forgets.first!(frame)
    const [script] = subject.connections
    const [send] = script!.steps
    expect(made(20).every(({ value }) => admits(value))).toBe(true)
    expect(admits(subject)).toBe(true)
    expect(admits({ ...subject, connections: [{ ...script!, cuts: [] }] })).toBe(false)
    expect(admits({ ...subject, connections: [{ ...script!, steps: [send!] }] })).toBe(false)
    expect(admits({ ...subject, connections: [script!, script!] })).toBe(true)
    const refused = new Uint8Array(MIB).fill(0xff)
    expect(
      admits({
        ...subject,
        connections: [{ steps: [{ do: 'send', bytes: refused }, { do: 'reset' }], cuts: [MIB - 1] }],
      }),
    ).toBe(false)
  })
})

it('is for protocols with long messages', () => {
  const those = builtInProtocols.filter(
    (protocol) => protocol.transport === undefined && forgets.notFor?.(protocol) === undefined,
  )
  expect(those.map(({ name }) => name)).toEqual(['frame', 'echo', 'upper', 'files'])
  expect(forgets.notFor?.(builtInProtocols.find(({ name }) => name === 'collector')!)).toContain('262144 bytes long')
})
