import { describe, expect, it } from 'vitest'
import { Collecting } from './collecting.ts'
import type { CollectOptions, LinkEvents } from './surroundings.ts'

/** A world in which time passes when told, and whose server says what the test says. */
class World {
  readonly said: string[] = []
  /** What was sent on each connection. */
  readonly sent: string[][] = []
  /** How we ended each connection. */
  readonly ended: (string | undefined)[] = []
  server!: LinkEvents
  readonly collecting: Collecting
  #now = 0
  #measured = 0
  readonly #timers = new Set<{ at: number; action: () => void }>()

  constructor(options: Partial<CollectOptions> = {}) {
    this.collecting = new Collecting(
      {
        connect: (events) => this.#connect(events),
        after: (ms, action) => {
          const timer = { at: this.#now + ms, action }
          this.#timers.add(timer)
          return () => this.#timers.delete(timer)
        },
        sample: () => [`m${++this.#measured}`],
        say: (text) => this.said.push(text),
      },
      { periodMs: 10_000, buffer: 100, ...options },
    )
  }

  get connections(): number {
    return this.sent.length
  }

  get timers(): number {
    return this.#timers.size
  }

  passes(ms: number): void {
    const until = this.#now + ms
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#timers.delete(next)
      this.#now = next.at
      next.action()
    }
    this.#now = until
  }

  answers(...lines: string[]): void {
    for (const line of lines) this.server.answered(line)
  }

  #connect(events: LinkEvents) {
    const on = this.sent.push([]) - 1
    this.server = events
    return {
      send: (text: string) => void this.sent[on]?.push(text),
      end: () => {
        this.ended[on] = 'end'
      },
      abort: () => {
        this.ended[on] = 'abort'
        events.gone('aborted')
      },
    }
  }
}

const started = (options: Partial<CollectOptions> = {}): World => {
  const world = new World(options)
  world.collecting.start()
  return world
}

describe('a collecting client', () => {
  it('measures at once and once a period, and sends on one connection', () => {
    const world = started()
    world.server.connected()
    world.answers('ok 1')
    world.passes(20_000)
    world.answers('ok 2', 'ok 3')
    expect(world.sent).toEqual([['m1\n', 'm2\n', 'm3\n']])
    expect(world.collecting.state).toBe('collecting, connected; 3 stored, 0 refused, 0 sent, 0 waiting, 0 dropped')
  })

  it('keeps what it measures while the server is away, and sends it in order when it is back', () => {
    const world = started()
    world.server.gone('nothing listens there')
    expect(world.said).toEqual(['nothing listens there; trying again in 1 s, 1 lines waiting'])
    world.passes(1_000)
    world.server.gone('nothing listens there')
    world.passes(10_000)
    world.server.connected()
    expect(world.sent.at(-1)).toEqual(['m1\nm2\n'])
  })

  it('tries again 1, 2, 4, … 30 seconds later, and after one second again when the server has stored something', () => {
    const world = started({ periodMs: 1_000_000 })
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const before = world.connections
      world.server.gone('away')
      world.passes(seconds * 1_000 - 1)
      expect(world.connections).toBe(before)
      world.passes(1)
      expect(world.connections).toBe(before + 1)
    }
    world.server.connected()
    world.answers('ok 1')
    world.passes(1_000_000 - 91_000)
    world.server.gone('away')
    expect(world.said.at(-1)).toContain('trying again in 1 s')
  })

  it('sends again what was not acknowledged, and only that', () => {
    const world = started()
    world.server.gone('away')
    world.collecting.stop()
    world.collecting.start()
    world.collecting.stop()
    world.collecting.start()
    world.passes(1_000)
    world.server.connected()
    world.answers('ok 1', 'ok 2')
    world.server.gone('reset')
    world.passes(1_000)
    world.server.connected()
    expect(world.sent.slice(-2)).toEqual([['m1\nm2\nm3\n'], ['m3\n']])
    world.answers('ok 1')
    expect(world.collecting.state).toContain('3 stored, 0 refused, 0 sent, 0 waiting')
  })

  it('lets an idle connection go, and comes back at once when there is something to send', () => {
    const world = started({ periodMs: 60_000 })
    world.server.connected()
    world.answers('ok 1')
    world.server.gone('the server ended the connection')
    expect([world.said, world.collecting.state]).toEqual([[], expect.stringContaining('idle')])
    world.passes(60_000)
    expect(world.connections).toBe(2)
  })

  it('keeps no more than it may, and drops the oldest', () => {
    const world = started({ buffer: 3 })
    world.server.gone('away')
    // Away for long: it is refused at each try.
    for (let seconds = 0; seconds < 70; seconds++) {
      const before = world.connections
      world.passes(1_000)
      if (world.connections > before) world.server.gone('away')
    }
    expect(world.collecting.state).toContain('3 waiting, 5 dropped')
  })

  it('does not send again what the server refuses, and sends again what it could not store', () => {
    const world = started()
    world.server.connected()
    world.answers('error 1 syntax what?')
    world.passes(10_000)
    world.answers('error 2 not-stored disk full')
    expect(world.collecting.state).toContain('0 stored, 1 refused, 0 sent, 1 waiting')
    world.passes(10_000)
    expect(world.sent).toEqual([['m1\n', 'm2\n', 'm2\nm3\n']])
    expect(world.said).toEqual([
      'the server says: error 1 syntax what?',
      'the server says: error 2 not-stored disk full',
    ])
  })

  it.each([
    'ok 2',
    'ok',
    'okay 1',
    '',
    'error 7 syntax',
  ])('starts over where the server answers %j out of turn', (line) => {
    const world = started()
    world.server.connected()
    world.answers(line)
    expect([world.ended, world.said[0]]).toEqual([['abort'], expect.stringContaining('where line 1 was due')])
    world.passes(1_000)
    world.server.connected()
    expect(world.sent).toEqual([['m1\n'], ['m1\n']])
  })

  it.each([true, false])('gives up a connection that says nothing for 30 seconds (connected: %s)', (connects) => {
    const world = started({ periodMs: 9_000_000 })
    if (connects) world.server.connected()
    world.passes(29_999)
    expect(world.ended).toEqual([])
    world.passes(1)
    expect(world.ended).toEqual(['abort'])
  })

  it('forgets what waits and all counts when it is reset, and measures on', () => {
    const world = started()
    world.server.gone('away')
    world.collecting.reset()
    expect(world.collecting.state).toContain('0 stored, 0 refused, 0 sent, 0 waiting')
    world.passes(10_000)
    world.server.connected()
    expect(world.sent.at(-1)).toEqual(['m2\n'])
  })

  it('measures nothing while it is stopped, and still delivers', () => {
    const world = started()
    world.collecting.stop()
    world.server.connected()
    world.passes(60_000)
    expect(world.sent[0]).toEqual(['m1\n'])
  })
})

describe('a collecting client that is told to finish', () => {
  it('waits for the last answers and ends its side', async () => {
    const world = started()
    world.server.connected()
    const finished = world.collecting.finish(2_000)
    world.answers('ok 1')
    expect([await finished, world.ended, world.timers]).toEqual([0, ['end'], 0])
  })
  it('does not wait longer than it may, and tells how much is left', async () => {
    const world = started()
    world.server.gone('away')
    const finished = world.collecting.finish(900)
    world.passes(900)
    expect([await finished, world.timers]).toEqual([1, 0])
  })
  it('ends at once where nothing is left', async () => {
    const world = new World()
    expect([await world.collecting.finish(2_000), world.connections]).toEqual([0, 0])
  })
})
