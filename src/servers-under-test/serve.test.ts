import { afterEach, expect, test } from 'vitest'
import { ChildServer } from './testing/child-server.ts'
import { message } from './testing/frames.ts'
import { RawClient } from './testing/raw-client.ts'

const children: ChildServer[] = []

function serve(...[name, options]: Parameters<typeof ChildServer.serve>): ChildServer {
  const child = ChildServer.serve(name, options)
  children.push(child)
  return child
}

afterEach(async () => {
  for (const child of children.splice(0)) await child.stop('SIGKILL')
})

test.each(['SIGTERM', 'SIGINT'] as const)('it says one line, serves, and exits 0 on %s', async (signal) => {
  const child = serve('evented')
  const address = await child.address()
  const client = await RawClient.connect(address)
  await client.send(message('x')).gets(message('x').length)
  expect(await child.stop(signal)).toBe(0)
  expect([child.stdout, child.stderr]).toEqual([`listening on 127.0.0.1:${address.port}\n`, ''])
  expect(client.ending).toBe('fin')
})

test('it can listen on the same port again at once, also when it closed connections first', async () => {
  const first = serve('evented')
  const { port } = await first.address()
  const client = await RawClient.connect({ host: '127.0.0.1', port })
  const stopped = first.stop()
  await client.getsEnd()
  client.end()
  expect(await stopped).toBe(0)
  expect(await serve('evented', { port }).address()).toEqual({ host: '127.0.0.1', port })
})

test('a port that is taken is told in one clear line', async () => {
  const { port } = await serve('evented').address()
  const second = serve('evented', { port })
  expect(await second.exit).toBe(3)
  expect(second.stderr).toMatch(
    new RegExp(`^cannot listen on 127.0.0.1:${port}: another process listens there; .* \\(EADDRINUSE\\)\\n$`),
  )
  expect(second.stdout).toBe('')
})
