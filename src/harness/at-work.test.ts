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

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

const subject = alone([send('hi'), awaitAll])

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
    expect(played.ms).toBeGreaterThanOrEqual(11 * patience.idleMs)
  })

  it('is waited for once on a connection', async () => {
    server = await listening()
    const patience = { idleMs: 50, drainMs: 250, atWork: async () => true }
    const played = await playOn(server.address, alone([send('hi'), awaitAll, end]), { ...playing, patience })
    const [answers, theEnd] = eventsOf(played, 'waited')
    expect(answers?.ms).toBeGreaterThanOrEqual(11 * patience.idleMs)
    expect(theEnd?.ms).toBeLessThan(11 * patience.idleMs)
  })

  it('is not waited for so long, where several wait and none of them hears anything', async () => {
    server = await listening()
    const patience = { idleMs: 200, drainMs: 250, atWork: async () => true, stuckAfterMs: 100 }
    const { connections } = subject
    const two = { connections: [...connections, ...connections], turns: [0, 1, 0, 1] }
    const played = await playOn(server.address, two, { ...playing, patience })
    for (const { ms } of eventsOf(played, 'waited')) expect(ms).toBeLessThan(10 * patience.idleMs)
    const one = await playOn(server.address, subject, { ...playing, patience })
    for (const { ms } of eventsOf(one, 'waited')) expect(ms).toBeGreaterThanOrEqual(10 * patience.idleMs)
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
  })
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
