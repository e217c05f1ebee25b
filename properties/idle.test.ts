import { describe, expect, it } from 'vitest'
import type { Case, Script } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { alone, awaitAll, pause, send } from '../src/harness/testing/steps.ts'
import type { Account, Event, Proof } from '../src/harness/transcript.ts'
import { EXPECTATIONS } from './expectations.ts'
import { idle } from './idle.ts'
import { catalogued, complaints, hold, protocolNamed } from './testing/hold.ts'

const limited = (name: string): Protocol => ({ ...protocolNamed(name), idleMs: 1_000 })
const { model: _, ...unmodelled } = limited('echo')

/** For a second: until a client must have been given up, and for which it must not be. */
const LONG = pause(3_000)
const SHORT = pause(600)

describe('the cases', () => {
  const scriptsOf = (protocol: Protocol): Script[] =>
    Array.from({ length: 60 }, (_, index) => {
      const { value } = idle.cases(protocol).generate(chanceFor(1, idle.id, index), undefined)
      expect(idle.admits?.(value, protocol)).toBe(true)
      return value.connections[0] as Script
    })
  const inWords = ({ steps }: Script): string =>
    steps.map((step) => (step.do === 'pause' ? `${step.ms}` : step.do)).join(' ')
  const told = (protocol: Protocol): string[] => [...new Set(scriptsOf(protocol).map(inWords))].sort()

  const SILENT = ['3000', 'send 3000', 'send await 3000']
  const BYTES = `${'send 600 '.repeat(5)}send await`
  const BUSY = `send await${' 600 send await'.repeat(5)}`

  it('are silent from the connect on, after an answer, inside a message, or never for long', () => {
    expect(told(limited('frame'))).toEqual([...SILENT, BYTES, BUSY].sort())
  })
  it.each([
    ['frame', limited('frame'), 'send 600 send 600 send await 3000'],
    ['echo', limited('echo'), 'send 600 send 600 send await 3000'],
    ['echo without a model', unmodelled, 'send await 3000'],
  ])('of %s begin with one who is silent between bytes and behind them, and one who never says anything', (...given) => {
    const [, protocol, words] = given
    const firsts = idle.firsts?.map((first) => first(protocol)) ?? []
    expect(firsts.every((first) => idle.admits?.(first, protocol))).toBe(true)
    expect(firsts.map(({ connections }) => connections.map(inWords))).toEqual([[words], ['3000']])
  })
  it('say one message in bytes, each proven to be read before the silence behind it', () => {
    const inBytes = scriptsOf(limited('frame')).filter((script) => inWords(script) === BYTES)
    expect(inBytes).not.toEqual([])
    for (const { steps, cuts } of inBytes) {
      const sizes = steps.flatMap((step) => (step.do === 'send' ? [step.bytes.length] : []))
      expect([cuts, sizes.slice(0, 5)]).toEqual([
        [1, 2, 3, 4, 5],
        [1, 1, 1, 1, 1],
      ])
    }
  })
  it('are not silent inside a message where each byte is owed an answer', () => {
    expect(told(limited('echo'))).toEqual(expect.arrayContaining(['3000', 'send await 3000', BUSY]))
    expect(told(limited('echo'))).not.toContain('send 3000')
  })
  it('are silent, without a model: an end of who speaks may have been asked for', () => {
    expect(told(unmodelled)).toEqual(['3000', 'send await 3000'])
    const { model: _, ...frames } = limited('frame')
    expect(told(frames)).toEqual(SILENT)
  })
  it.each([
    ['without a silence', alone([send('a'), awaitAll])],
    ['with one of another length', alone([send('a'), pause(300), send('b'), SHORT])],
    ['of two clients', { connections: [...alone([LONG]).connections, ...alone([LONG]).connections], turns: [] }],
  ])('shrink to none %s', (_, subject) => expect(idle.admits?.(subject, limited('echo'))).toBe(false))
})

describe('the protocols', () => {
  it.each(['frame', 'echo', 'lines'])('%s is tried where an idle time is stated', (name) => {
    expect(idle.notFor?.(limited(name))).toBeUndefined()
    expect(idle.notFor?.(protocolNamed(name))).toBe('no idle time is stated (--idle)')
  })
})

describe('the verdict', () => {
  const on = (at: number) => ({ at, on: 0 })
  const connected: Event = { ...on(1), did: 'connected', port: 40_000 }
  const sent = (at: number, from = 0): Event => ({ ...on(at), did: 'sent', from, to: from + 1 })
  const received = (at: number): Event => ({ ...on(at), did: 'received', from: 0, to: 1 })
  const cut = (at: number, offset: number, proof: Proof): Event => ({ ...on(at), did: 'cut', offset, proof })
  const paused = (at: number, ms: number): Event => ({ ...on(at), did: 'paused', ms })
  const fin = (at: number): Event => ({ ...on(at), did: 'got-fin' })
  const rst = (at: number): Event => ({ ...on(at), did: 'got-rst', code: 'ECONNRESET' })
  const unanswered: Event = { ...on(1_000), did: 'waited', for: 'answers', ms: 999, why: 'deadline' }

  /** What is said of a case in which this happened. Everything that it sends has left, and so many bytes came back. */
  function judged(subject: Case, events: readonly Event[], protocol: Protocol, changed: Partial<Account> = {}): string {
    const bytes = subject.connections[0]!.steps.flatMap((step) => (step.do === 'send' ? [...step.bytes] : []))
    const ended = events.some(({ did }) => did === 'got-fin')
    const account: Account = {
      sent: bytes.length,
      ended: false,
      received: Uint8Array.from(bytes),
      ending: ended ? 'fin' : 'open',
      cuts: { requested: 0, proven: 0 },
      ...changed,
    }
    const verdict = idle.check([subject], [{ connections: [account], events: [connected, ...events] }], protocol)
    return verdict.is === 'fail' ? verdict.rule : verdict.is
  }

  const wordless = alone([LONG])
  const answered = alone([send('a'), awaitAll, LONG])
  const busy = alone([send('a'), awaitAll, SHORT, send('b'), awaitAll, SHORT, send('c'), awaitAll])
  const inBytes = alone([send('a'), SHORT, send('b'), SHORT, send('c'), awaitAll], [1, 2])
  const STOP = alone([send(Buffer.from('0000000004c14f3304', 'hex')), LONG])

  /** Another byte, before the idle time is over. */
  const soon = [paused(602, 600), sent(603, 1)]
  const read = (proof: Proof): Event[] => [sent(2), cut(3, 1, proof), ...soon, cut(604, 2, proof)]

  it.each<[string, Case, Event[], string]>([
    ['is ended in time', wordless, [fin(1_001), paused(3_001, 3_000)], 'pass'],
    ['is reset in time', answered, [sent(2), rst(1_003), paused(1_003, 1_001)], 'pass'],
    ['is ended after twice the time', wordless, [fin(2_001), paused(3_001, 3_000)], 'pass'],
    ['is never ended', wordless, [paused(3_001, 3_000)], 'not-ended'],
    ['is ended later than that', answered, [sent(2), paused(3_005, 3_000), fin(3_006)], 'not-ended'],
    ['is ended too early', answered, [sent(2), fin(800), paused(3_005, 3_000)], 'too-early'],
    ['is ended early from the connect on', wordless, [fin(899), paused(3_001, 3_000)], 'too-early'],
    ['is not ended after its answer', answered, [sent(2), received(4), paused(3_005, 3_000)], 'not-ended'],
    ['is answered late', answered, [sent(2), received(700), paused(3_005, 3_000)], 'pass'],
    ['is ended though it speaks', busy, [sent(2), received(3), ...soon, received(604), fin(1_001)], 'too-early'],
    ['may not have been heard', busy, [sent(2), received(3), ...soon, fin(1_001)], 'pass'],
    ['may get a farewell, and no answer', busy, [sent(2), received(3), ...soon, received(1_000), fin(1_001)], 'pass'],
    ['is ended though it is read', inBytes, [...read('proven'), fin(1_001)], 'too-early'],
    ['may not have been read', inBytes, [...read('unproven'), fin(1_001)], 'pass'],
    ['is ended when its next byte is late', busy, [sent(2), paused(1_001, 600), sent(1_002), fin(1_003)], 'pass'],
    ['speaks and is not ended', busy, [sent(2), paused(602, 600), sent(603), paused(1_203, 600), sent(1_204)], 'pass'],
  ])('on a client that %s', (_, subject, events, expected) => {
    expect(judged(subject, events, limited('echo'))).toBe(expected)
  })

  it('is about answers where they do not come: who owes them need not end the connection', () => {
    const nothing = { received: new Uint8Array(0), ending: 'timeout' } as const
    const events = [sent(2), unanswered, paused(4_001, 3_000)]
    expect(judged(answered, events, limited('echo'), nothing)).toBe('answers')
    expect(judged(busy, [sent(2), unanswered], limited('echo'), nothing)).toBe('answers')
  })
  it('is none on an end that was asked for', () => {
    expect(judged(STOP, [sent(2), fin(5), paused(3_001, 3_000)], limited('frame'))).toBe('pass')
  })
  it('is none, without a model, on an end that may have been asked for', () => {
    expect(judged(answered, [sent(2), fin(5)], unmodelled)).toBe('pass')
    expect(judged(wordless, [fin(5)], unmodelled)).toBe('too-early')
    expect(judged(answered, [sent(2), paused(3_005, 3_000)], unmodelled)).toBe('not-ended')
  })
  it('cannot be told where we gave up, and of cases and protocols of which this claim does not speak', () => {
    expect(judged(wordless, [paused(500, 499)], limited('echo'), { gaveUp: 'interrupted' })).toBe('inconclusive')
    expect(judged(wordless, [paused(2, 0)], limited('echo'), { ending: 'refused' })).toBe('inconclusive')
    expect(judged(alone([send('a'), awaitAll]), [sent(2), fin(5)], limited('echo'))).toBe('inconclusive')
    expect(judged(wordless, [paused(3_001, 3_000)], protocolNamed('echo'))).toBe('inconclusive')
    expect(idle.check([], [], limited('echo')).is).toBe('inconclusive')
  })
})

describe.concurrent('the server', () => {
  it('evented keeps to the idle time that is stated', async () => {
    const run = await hold(catalogued('evented', 'frame', 1_000), { seed: 1, runs: 72, only: [idle.id] })
    expect(complaints(run)).toEqual([])
    expect(run.properties.map(({ cases }) => cases)).toEqual([6])
  })

  it.each(['broken/idle-from-connect', 'broken/idle-per-frame'])('%s is found', async (name) => {
    const { server, protocol, idleMs, bug } = EXPECTATIONS.find(({ server }) => server === name)!
    // Each case takes seconds: there is no time to shrink to the smallest.
    const trials = { seed: 1, runs: 1_000, shrinkMs: 5_000, only: [idle.id] }
    const run = await hold(catalogued(server, protocol, idleMs), trials)
    expect(run.properties, complaints(run).join('\n')).toMatchObject([
      { verdict: 'fail', failure: { rule: bug!.rule } },
    ])
    expect(run.properties[0]?.failure?.confirmed.failed).toBeGreaterThan(0)
  })
})
