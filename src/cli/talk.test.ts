import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { createServer as createReference } from '../servers-under-test/catalogue.ts'
import { PROGRAM } from './testing/tornwire.ts'

const servers: (() => Promise<unknown>)[] = []
afterAll(() => Promise.all(servers.map((stop) => stop())))

/** Talks to this port, with these lines through a pipe that stays open unless told otherwise. */
async function talk(port: number, lines: string, pipe: 'ends' | 'stays open' = 'stays open') {
  const child = spawn(process.execPath, [PROGRAM, 'talk', `127.0.0.1:${port}`])
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.stderr += text
  })
  child.stdin.on('error', () => {}).write(lines)
  if (pipe === 'ends') child.stdin.end()
  const [status] = await once(child, 'close', { signal: AbortSignal.timeout(30_000) })
  child.stdin.destroy()
  return { status, ...said }
}

async function linesServer(): Promise<number> {
  const server = createReference('evented', 'lines')
  servers.push(() => server.stop({ withinMs: 0 }))
  return (await server.listen(0, '127.0.0.1')).port
}

describe.concurrent('talk', () => {
  it('sends the lines before STOP, prints every answer and ends', async () => {
    const port = await linesServer()
    expect(await talk(port, 'one\nдва\nSTOP\nnever said\n')).toEqual({ status: 0, stdout: 'one\nдва\n', stderr: '' })
  })

  it('ends with the end of its input, too', async () => {
    const port = await linesServer()
    expect(await talk(port, 'a\nb', 'ends')).toEqual({ status: 0, stdout: 'a\nb\n', stderr: '' })
  })

  it('ends when the server has ended its side', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).end('closing time\n'))
    servers.push(async () => server.close())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    expect(await talk(port, '')).toEqual({ status: 0, stdout: 'closing time\n', stderr: '' })
  })

  it('says what is wrong where nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    const { status, stderr } = await talk(port, '')
    expect([status, stderr]).toEqual([3, expect.stringContaining('nothing listens there; is the server started')])
  })
})
