import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { removeScratch, Tornwire } from '../testing/tornwire.ts'

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
  removeScratch()
})

/** A server that does this with its connections. */
async function serve(act: (socket: Socket) => void): Promise<string> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    act(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as { port: number }).port}`
}

const echo = (socket: Socket): void => void socket.pipe(socket)

describe.concurrent('talk', () => {
  it('sends lines until STOP, prints the answers, and ends when the server does', async () => {
    const run = Tornwire.start(['talk', await serve(echo)])
    run.hears('one\n')
    await run.says(/^one\n$/)
    run.hears('dvě\nSTOP\nnot any more\n')
    expect([await run.exit(), run.stdout, run.stderr]).toEqual([0, 'one\ndvě\n', ''])
  })

  it('takes the end of its input for STOP', async () => {
    const run = Tornwire.start(['talk', await serve(echo)])
    run.process.stdin?.end('one\ntwo')
    expect([await run.exit(), run.stdout, run.stderr]).toEqual([0, 'one\ntwo\n', ''])
  })

  it('gets every byte of much that is said while nobody reads', async () => {
    const text = 'x'.repeat(1_000)
    const run = Tornwire.start(['talk', await serve((socket) => setTimeout(() => echo(socket), 200))])
    run.process.stdin?.end(`${text}\n`.repeat(5_000))
    expect([await run.exit(), run.stdout.length]).toEqual([0, 5_005_000])
  })

  it('escapes what could do harm to a terminal', async () => {
    const run = Tornwire.start(['talk', await serve((socket) => socket.end('\x1b]0;owned\x07\n'))])
    expect([await run.exit(), run.stdout]).toEqual([0, '\\x1b]0;owned\\x07\n'])
  })

  it('ends, and says so, when the server ends first', async () => {
    const run = Tornwire.start(['talk', await serve((socket) => socket.end('bye'))])
    expect([await run.exit(), run.stdout, run.stderr]).toEqual([
      0,
      'bye',
      'tornwire: the server ended the conversation\n',
    ])
  })

  it('ends with 3 when the server resets', async () => {
    const run = Tornwire.start(['talk', await serve((socket) => socket.once('data', () => socket.resetAndDestroy()))])
    run.hears('hello\n')
    expect([await run.exit(), run.stderr]).toEqual([3, expect.stringContaining('the server reset the connection')])
  })

  it('ends with 3 where nobody listens', async () => {
    const address = await serve(echo)
    const server = servers.pop()!
    await new Promise((resolve) => server.close(resolve))
    const run = Tornwire.start(['talk', address])
    expect([await run.exit(), run.stderr]).toEqual([3, expect.stringContaining('connection refused')])
  })

  it('does not wait for ever for a server that does not end its side', async () => {
    const run = Tornwire.start(['talk', await serve((socket) => socket.resume())])
    run.hears('STOP\n')
    expect([await run.exit(), run.stderr]).toEqual([3, expect.stringContaining('did not end its side within 5 s')])
  })

  it('ends with 130 on Ctrl-C', async () => {
    const run = Tornwire.start(['talk', await serve((socket) => socket.write('ready\n'))])
    await run.says(/ready/)
    run.process.kill('SIGINT')
    expect([await run.exit(), run.stderr]).toEqual([130, ''])
  })

  it('talks to no other machine that is not named', async () => {
    const run = await Tornwire.run(['talk', '192.0.2.1:7000'])
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('--allow-host 192.0.2.1')])
  })
})
