import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { Case } from './case.ts'
import { eventsOf, openPlaying, type Playing, playOn } from './testing/playing.ts'
import { alone, end, send } from './testing/steps.ts'

const playing = await openPlaying()
const canSee = process.platform === 'linux' && spawnSync('python3', ['--version']).status === 0
const TIMES = 25

afterAll(() => playing.barrier.close())

describe.skipIf(!canSee)('a server that asks epoll (python3 on Linux) gets', () => {
  it.skipIf(!playing.cork)('data and FIN as one, each time, where the FIN rides on the data', async () => {
    const { sights, withData } = await seen(alone([send('hello'), end]), playing)
    expect(sights).toEqual(Array(TIMES).fill('data+fin'))
    expect(withData).toBe(true)
  })
  it.skipIf(!playing.cork)('them as one also behind a cut', async () => {
    const { sights } = await seen(alone([send('hello'), end], [2]), playing)
    expect(sights).toEqual(Array(TIMES).fill('data'))
  })
  it('the data first, each time, where a cut tears the FIN off', async () => {
    const { sights, withData } = await seen(alone([send('hello'), end], [5]), playing)
    expect(sights).toEqual(Array(TIMES).fill('data'))
    expect(withData).toBe(false)
  })
  it('no promise where the socket cannot be corked', async () => {
    const { withData } = await seen(alone([send('hello'), end]), { ...playing, cork: undefined })
    expect(withData).toBe(false)
  })
})

async function seen(subject: Case, by: Playing): Promise<{ sights: string[]; withData: boolean | undefined }> {
  const program = fileURLToPath(new URL('testing/first-event.py', import.meta.url))
  const child = spawn('python3', [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => String((await lines.next()).value)
  try {
    const address = { host: '127.0.0.1', port: Number(await next()) }
    const sights: string[] = []
    let withData: boolean | undefined
    for (let time = 0; time < TIMES; time++) {
      const played = await playOn(address, subject, { ...by, patience: { idleMs: 5_000, drainMs: 5_000 } })
      withData = eventsOf(played, 'sent-fin')[0]?.withData
      sights.push(await next())
    }
    return { sights, withData }
  } finally {
    child.kill('SIGKILL')
  }
}
