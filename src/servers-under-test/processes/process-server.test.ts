import { existsSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { ChildServer } from '../testing/child-server.ts'
import { treeOf } from '../testing/process-tree.ts'
import { RawClient } from '../testing/raw-client.ts'
import { until } from '../testing/until.ts'

async function serve(style: string): Promise<{ child: ChildServer; worker: number }> {
  const child = ChildServer.built(style, 'echo')
  onTestFinished(() => void child.stop('SIGKILL'))
  await child.address()
  return { child, worker: treeOf(child.process.pid!)[1]! }
}

test('a server whose process is killed says so and exits with 1', async () => {
  const { child, worker } = await serve('blocking')
  process.kill(worker, 'SIGKILL')
  expect(await child.exit).toBe(1)
  expect(child.stderr).toContain('the process of the blocking server ended with SIGKILL')
})

test.each([
  'blocking',
  'thread-pool',
  'prefork',
])('no process of %s outlives the one that was asked for it', async (style) => {
  const { child } = await serve(style)
  const client = await RawClient.connect(await child.address())
  await client.send('x').gets(1)
  const all = treeOf(child.process.pid!)
  const killed = child.stop('SIGKILL')
  // Who is in the middle of a read learns of it when the read is over.
  client.end()
  await killed
  await until(() => !all.some((pid) => existsSync(`/proc/${pid}`)), 'all are gone')
})
