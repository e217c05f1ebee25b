import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { spawnNode } from './kernel/testing/spawn-server.ts'
import { levelsFor, unhurried } from './patience.ts'
import { stillnessOf } from './quiet.ts'
import { serverProcesses } from './server-processes.ts'
import { type Listening, listening } from './testing/listening.ts'
import { eventsOf, only, openPlaying, playOn, SHORT } from './testing/playing.ts'
import { alone, awaitAll, end, send } from './testing/steps.ts'
import { WirePool } from './wire-pool.ts'

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

const subject = alone([send('hi'), awaitAll])
const twoWaits = alone([send('hi'), awaitAll, end])

describe('a server that works beyond the deadline', () => {
  it('is waited for, and heard', async () => {
    let looks = 0
    server = await listening((connection) => {
      connection.on(
        'data',
        (data) =>
          void expect
            .poll(() => looks)
            .toBe(3)
            .then(() => connection.write(data)),
      )
    })
    const atWork = async () => ++looks > 0
    const played = await playOn(server.address, subject, { ...playing, patience: { ...SHORT, atWork } })
    expect(only(played)).toMatchObject({ ending: 'open', received: { length: 2 } })
    expect(played.ms).toBeGreaterThan(SHORT.idleMs)
  })

  it('is not waited for when it rests', async () => {
    server = await listening()
    let asked = 0
    const atWork = async () => ++asked < 0
    const played = await playOn(server.address, subject, { ...playing, patience: { ...SHORT, atWork } })
    expect(eventsOf(played, 'waited')).toMatchObject([{ why: 'deadline' }])
    expect(asked).toBe(1)
  })

  it('is not waited for without end', async () => {
    server = await listening()
    const patience = { idleMs: 20, drainMs: 250, atWork: async () => true }
    const played = await playOn(server.address, subject, { ...playing, patience })
    expect(eventsOf(played, 'waited')).toMatchObject([{ why: 'deadline' }])
    expect(played.ms).toBeGreaterThan(10.5 * patience.idleMs)
  })

  it('is waited for to the end once on a connection', async () => {
    server = await listening()
    const patience = { idleMs: 50, drainMs: 250, atWork: async () => true }
    const played = await playOn(server.address, twoWaits, { ...playing, patience })
    const [answers, theEnd] = eventsOf(played, 'waited')
    expect(answers?.ms).toBeGreaterThan(10.5 * patience.idleMs)
    expect(theEnd?.ms).toBeLessThan(10.5 * patience.idleMs)
  })

  it('is waited for also where it rested at an earlier deadline', async () => {
    server = await listening()
    let asked = 0
    const patience = { idleMs: 50, drainMs: 250, atWork: async () => ++asked > 1 }
    const played = await playOn(server.address, twoWaits, { ...playing, patience })
    const [answers, theEnd] = eventsOf(played, 'waited')
    expect(answers?.ms).toBeLessThan(10.5 * patience.idleMs)
    expect(theEnd?.ms).toBeGreaterThan(10.5 * patience.idleMs)
  })

  it('is waited for less where several wait and none of them hears anything, and that is told', async () => {
    server = await listening()
    const patience = { idleMs: 100, drainMs: 250, atWork: async () => true, stuckAfterMs: 50 }
    const wait = async (wires: WirePool): Promise<unknown> =>
      eventsOf(await playOn(server!.address, subject, { ...playing, patience, wires }), 'waited').map(({ why }) => why)
    const several = (wires: WirePool): Promise<unknown[]> => Promise.all([wait(wires), wait(wires)])
    expect(await several(new WirePool())).toEqual([['stuck'], ['stuck']])
    expect(await wait(new WirePool()), 'alone').toEqual(['deadline'])
    const busy = new WirePool()
    const others = setInterval(() => {
      busy.reads += 1
    }, 10)
    expect(await several(busy), 'while others hear something').toEqual([['deadline'], ['deadline']])
    clearInterval(others)
  })

  it('is asked before anything is believed, and not while it is shrunk, nor where it polls', async () => {
    const stillness = { isQuiet: async () => true, isAsleep: async () => false }
    const { trying, shrinking, full } = levelsFor(1, stillness)
    expect([await trying.atWork?.(), await shrinking.atWork?.(), await full.atWork?.()]).toEqual([
      true,
      undefined,
      true,
    ])
    expect([unhurried(levelsFor(1, stillness)).trying.atWork, levelsFor(1, stillness, true).full.atWork]).toEqual([
      expect.any(Function),
      undefined,
    ])
    const levels = levelsFor(1, stillness)
    const shortcuts = [levels.trying, levels.full, unhurried(levels).trying].map(({ stuckAfterMs }) => stuckAfterMs)
    expect(shortcuts).toEqual([levels.trying.idleMs, undefined, undefined])
  })
})

it('a server that answers all the time, though slowly, is heard to the end', async () => {
  const patience = { idleMs: 300, drainMs: 300 }
  const request = 'x'.repeat(60)
  server = await listening((connection) => {
    connection.once('data', () => {
      // Beyond ten times the idle time, with a fifth of it between two bytes.
      let left = request.length
      const trickle = setInterval(() => {
        connection.write('x')
        if (--left === 0) clearInterval(trickle)
      }, 60)
    })
  })
  const played = await playOn(server.address, alone([send(request), awaitAll]), { ...playing, patience })
  expect(eventsOf(played, 'waited')).toEqual([])
  expect(only(played)).toMatchObject({ received: { length: request.length } })
})

describe.skipIf(playing.barrier.sockets === undefined)('the processes of a server', () => {
  it('sleep when nobody asks for anything', async () => {
    const node = await spawnNode()
    const address = { host: '127.0.0.1', port: node.port }
    const { isAsleep } = stillnessOf(serverProcesses(playing.barrier, address)!)
    await expect.poll(isAsleep).toBe(true)
    node.stop()
  })

  it('are at work while they compute', async () => {
    const busy = spawn(process.execPath, ['-e', BUSY], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void busy.kill('SIGKILL'))
    const [port] = await once(busy.stdout, 'data')
    const { isAsleep } = stillnessOf(serverProcesses(playing.barrier, { host: '127.0.0.1', port: Number(port) })!)
    await expect.poll(isAsleep).toBe(false)
  })
})

const BUSY = `require('net').createServer().listen(0, '127.0.0.1', function () {
  process.stdout.write(String(this.address().port), () => { for (;;); })
})`
