import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createServer, SERVER_NAMES } from './catalogue.ts'
import { RawClient } from './testing/raw-client.ts'

test('an unknown server is refused with the names that exist', async () => {
  await expect(createServer('epoll')).rejects.toThrow(
    /no server is called "epoll"; there are: .*evented, .*broken\/split-header/,
  )
  await expect(createServer('constructor')).rejects.toThrow(/no server is called "constructor"/)
})

test('a protocol that the server does not speak is refused with those that it does', async () => {
  await expect(createServer('evented', 'mqtt')).rejects.toThrow(
    'the server "evented" does not speak "mqtt"; it speaks: frame, echo, lines, upper, collector, files',
  )
  await expect(createServer('broken/utf8-per-chunk', 'frame')).rejects.toThrow(/it speaks: upper/)
})

test('a server without a protocol speaks its first', async () => {
  const server = await createServer('broken/crlf-split')
  const client = await RawClient.connect(await server.listen(0, '127.0.0.1'))
  expect(`${await client.send('a line\n').gets(7)}`).toBe('a line\n')
  client.end()
  await server.stop()
})

test('every broken server says in its first line what class of bug it has', () => {
  const folder = new URL('broken/', import.meta.url)
  const planted = SERVER_NAMES.filter((name) => name.startsWith('broken/'))
  const files = readdirSync(folder).map((file) => `broken/${file.replace(/\.ts$/, '')}`)
  expect(files).toEqual(expect.arrayContaining(planted))
  for (const name of planted) {
    expect(readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8')).toMatch(/^\/\/ [a-z0-9]+(-[a-z0-9]+)+: /)
  }
})
