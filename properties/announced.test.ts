import { describe, expect, it } from 'vitest'
import type { AddressSpace } from '../src/harness/address-space.ts'
import { chanceFor } from '../src/harness/chance.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { alone, awaitAll, end, script, send } from '../src/harness/testing/steps.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { announced } from './announced.ts'
import { echo } from './protocols/echo.ts'
import { frame } from './protocols/frame.ts'

const GIB = 1_073_741_824
const [frames, bytes] = [frame as Protocol, echo as Protocol]
const subject = alone([send('before'), send(Uint8Array.of(0x7f, 1, 2, 3)), awaitAll])
const plays = announced.plays!(subject, frames)

/** One process, in GiB. */
const space = (size: number, peak: number, pid = 1): AddressSpace => ({ pid, size: size * GIB, peak: peak * GIB })

/** What was seen before the case, and in it. */
function judged(...looks: readonly AddressSpace[][]) {
  const transcripts = looks.map((addressSpaces): Transcript => ({ connections: [], events: [], addressSpaces }))
  return announced.check(plays, transcripts, frames)
}

describe('what a length announces', () => {
  it.each<[string, AddressSpace[], AddressSpace[]]>([
    ['for two threads', [space(1, 1)], [space(2.2, 2.2)]],
    ['what it has had before', [space(1, 2.7)], [space(2.7, 2.7)]],
    ['for another process like those that there are', [space(9, 9)], [space(9, 9), space(9, 9, 2)]],
  ])('may make a server reserve some, %s', (_, before, after) => {
    expect(judged(before, after)).toEqual({ is: 'pass' })
  })

  it.each<[string, AddressSpace[], AddressSpace[]]>([
    ['as long as the client stays', [space(1, 1)], [space(3, 3)]],
    ['for a moment', [space(1, 1)], [space(1, 3)]],
    ['once more, though it has had more', [space(1, 9)], [space(3, 9)]],
    ['in one of several processes', [space(1, 1), space(9, 9, 2)], [space(3, 3), space(9, 9, 2)]],
    ['in a process of the client alone', [space(1, 1)], [space(1, 1), space(3, 3, 2)]],
  ])('makes it reserve too much, %s', (_, before, after) => {
    expect(judged(before, after)).toEqual({
      is: 'fail',
      rule: 'reserves',
      expected: 'less than 1.75 GiB of address space is reserved for what was only announced',
      actual: 'a process of the server reserved 2.0 GiB',
    })
  })

  it('shows nothing on a server that has reserved as much before', () => {
    expect(judged([space(1, 3)], [space(1, 3)])).toMatchObject({
      is: 'inconclusive',
      why: expect.stringMatching(/^the server has reserved 1.75 GiB before .* started again$/),
    })
  })

  it('is not judged where no process can be seen', () => {
    const nothing: Transcript = { connections: [], events: [] }
    expect(announced.check(plays, [nothing, nothing], frames)).toMatchObject({ is: 'inconclusive' })
  })

  it('is not tried where no message announces too much', () => {
    expect([announced.notFor?.(frames), announced.notFor?.(bytes)]).toEqual([
      undefined,
      'protocol echo has no messages that announce more than they may hold',
    ])
  })
})

it('the case comes after a client that is refused without a length, and plain ones', () => {
  const [before, itself] = plays
  const [refused, ...plain] = before!.connections
  expect(refused).toEqual(script([send(Uint8Array.of(0x7f)), end]))
  expect([plain.length, new Set(plain).size, before!.turns, itself]).toEqual([3, 1, [], subject])
})

it('most cases announce as much as would be told, each by one client who waits to be heard', () => {
  const lengths = Array.from({ length: 100 }, (_, index) => {
    const made = announced.cases(frames).generate(chanceFor(1, announced.id, index), undefined).value
    expect(announced.admits?.(made, frames)).toBe(true)
    const last = made.connections[0]!.steps.findLast((step) => step.do === 'send')!
    return Buffer.from(last.bytes).readUInt32BE(0)
  })
  expect(lengths.filter((length) => length >= 1.99 * GIB).length).toBeGreaterThan(40)
})
