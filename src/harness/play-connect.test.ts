import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { only, openPlaying, playOn } from './testing/playing.ts'
import { alone, awaitAll, send } from './testing/steps.ts'

const playing = await openPlaying()
const workers: Worker[] = []

afterAll(async () => {
  for (const worker of workers) await worker.terminate()
  playing.barrier.close()
})

/** An echo server with room for two in its accept queue that accepts nobody for so long once it has said where it is. */
const SLOW_TO_ACCEPT = `
  const { parentPort, workerData } = require('node:worker_threads')
  const server = require('node:net').createServer((client) => client.pipe(client).on('error', () => {}))
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData))
  })`

test.runIf(process.platform === 'linux')(
  'a SYN that found the accept queue full is waited for until it is sent again',
  async () => {
    const worker = new Worker(SLOW_TO_ACCEPT, { eval: true, workerData: 1_100 })
    workers.push(worker)
    const [port] = await once(worker, 'message')
    // Longer than nobody is accepted, shorter than it takes until the SYN has been sent a second time in vain.
    const patience = { idleMs: 1_600, drainMs: 1_600 }
    const plays = [1, 2, 3, 4].map(() =>
      playOn({ host: '127.0.0.1', port }, alone([send('a'), awaitAll]), { ...playing, patience }),
    )
    const played = await Promise.all(plays)
    expect(played.map((one) => String(Buffer.from(only(one).received)))).toEqual(['a', 'a', 'a', 'a'])
    expect(Math.max(...played.map(({ ms }) => ms))).toBeGreaterThan(1_900)
  },
)
