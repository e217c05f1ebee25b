import { describe, expect, it } from 'vitest'
import type { Resources } from '../src/harness/resources.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { leak } from './leak.ts'
import { echo } from './protocols/echo.ts'

const holding = (resources?: Partial<Resources>): Transcript => ({
  connections: [],
  events: [],
  ...(resources && { resources: { descriptors: 20, threads: 5, processes: 1, ...resources } }),
})
const judged = (...held: (Partial<Resources> | undefined)[]) => leak.check([], held.map(holding), echo)

describe('what is held after 10, 30 and 70 plays', () => {
  it.each<[string, ...Partial<Resources>[]]>([
    ['the same', {}, {}, {}],
    ['a pool that filled late', { threads: 5 }, { threads: 25 }, { threads: 26 }],
    ['a table that grew once', { descriptors: 20 }, { descriptors: 20 }, { descriptors: 60 }],
    ['less and less', { descriptors: 90 }, { descriptors: 40 }, { descriptors: 20 }],
    ['a few more each time', { descriptors: 20 }, { descriptors: 22 }, { descriptors: 24 }],
  ])('%s is no leak', (_, ...held) => {
    expect(judged(...held)).toEqual({ is: 'pass' })
  })

  it.each<[string, Partial<Resources>, 'pass' | 'fail']>([
    ['what was held before the first is no leak, whatever came of more', {}, 'pass'],
    ['more than was held before the first is judged by the rows', { descriptors: 19 }, 'fail'],
    ['a thread less, which came of earlier cases, may not be all that they left', { threads: 6 }, 'fail'],
  ])('%s', (_, before, verdict) => {
    const { resources } = holding(before)
    const rows = [20, 40, 80].map((descriptors) => holding({ descriptors }))
    expect(leak.check([], [{ ...rows[0]!, heldBefore: resources! }, ...rows.slice(1)], echo).is).toBe(verdict)
  })

  it.each(['descriptors', 'threads', 'processes'] as const)('one of the %s more for each play is a leak', (kind) => {
    expect(judged({ [kind]: 30 }, { [kind]: 50 }, { [kind]: 90 })).toEqual({
      is: 'fail',
      rule: `leaks-${kind}`,
      expected: `no more ${kind} after 20 and 40 further plays than before them`,
      actual: `30, then 50, then 90 ${kind}`,
    })
  })

  it('nothing is told of what could not be counted each time', () => {
    const why = 'connections that the client has ended could not be counted each time'
    expect(judged({ closeWait: 10 }, { closeWait: 30 }, {})).toEqual({ is: 'inconclusive', why })
    expect(judged({}, { closeWait: 30 }, { closeWait: 70 })).toEqual({ is: 'inconclusive', why })
  })

  it('nothing is told of plays that we have left before their end', () => {
    const account = {
      sent: 0,
      ended: false,
      received: new Uint8Array(),
      ending: 'gave-up',
      cuts: { requested: 0, proven: 0 },
    } as const
    const held = [30, 50, 90].map((descriptors) => holding({ descriptors }))
    const left = held.map((transcript) => ({
      ...transcript,
      connections: [{ ...account, gaveUp: 'the time was over' }],
    }))
    expect(leak.check([], left, echo)).toEqual({ is: 'inconclusive', why: 'the time was over' })
  })

  it('a connection that the client has ended and the server has not is a socket, and told first', () => {
    const held = [1, 2, 4].map((times) => ({ closeWait: 10 * times, descriptors: 20 * times }))
    expect(judged(...held)).toMatchObject({
      rule: 'leaks-sockets',
      expected: 'no more connections that the client has ended after 20 and 40 further plays than before them',
      actual: '10, then 20, then 40 connections that the client has ended',
    })
  })

  it('sockets leak also where the processes cannot be seen', () => {
    const seen = (closeWait: number): Transcript => ({ connections: [], events: [], resources: { closeWait } })
    expect(leak.check([], [seen(0), seen(20), seen(60)], echo)).toMatchObject({ rule: 'leaks-sockets' })
    expect(leak.check([], [seen(0), seen(0), seen(0)], echo)).toEqual({ is: 'pass' })
  })

  it('in every fourth play is a leak too', () => {
    expect(judged({ descriptors: 20 }, { descriptors: 25 }, { descriptors: 35 })).toMatchObject({ is: 'fail' })
  })

  it('cannot be judged where nothing was counted', () => {
    expect(judged(undefined, undefined, undefined)).toMatchObject({ is: 'inconclusive' })
  })
})
