// What the first conversation tells of a server whose processes can be seen.

import { expect, it } from 'vitest'
import { acquaint } from '../src/harness/plain-talk.ts'
import { onStage } from '../src/harness/stage.ts'
import { echo } from './protocols/echo.ts'
import { sanity } from './sanity.ts'
import { type ServerUnderTest, startable } from './testing/hold.ts'

/** An echo server in a process of its own, which does this when it has begun to listen and when a connection is over. */
function echoing(name: string, { begun = '', over = '' }): ServerUnderTest {
  const source = `const spin = (ms) => { for (const end = performance.now() + ms; performance.now() < end; ); }
    require('net').createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {}).on('close', () => { ${over} }).pipe(socket)
    }).listen(Number(process.argv[1]), '127.0.0.1', () => { ${begun} })`
  const run = (port: number): [string, ...string[]] => [process.execPath, '-e', source, `${port}`]
  return { name, protocol: echo.name, run }
}

async function isHeardAtWork(server: ServerUnderTest): Promise<boolean> {
  const { signal: interrupted } = new AbortController()
  const target = await startable(server, '')
  return onStage(target, interrupted, async (table) => {
    const { patience } = await acquaint({ target, protocol: echo, sanity, interrupted }, table)
    return patience.full.atWork !== undefined
  })
}

it.runIf(process.platform === 'linux')(
  'a server that has work to do after a conversation rests all the same',
  async () => {
    // As one that starts a thread for the next connection on a busy machine.
    expect(await isHeardAtWork(echoing('works after', { over: 'spin(400)' }))).toBe(true)
  },
)

it.runIf(process.platform === 'linux')('of a server that never rests, nothing is told by its work', async () => {
  expect(await isHeardAtWork(echoing('polls', { begun: 'setInterval(() => spin(4), 4)' }))).toBe(false)
})
