import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

/** Nothing listens there: a server had this port and has given it back. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe.concurrent('what is wrong with the command line is told in one message, and the exit status is 2:', () => {
  it.each([
    [['fuzz'], /missing required argument 'target'/],
    [['fuzz', '127.0.0.1:9', '--bogus'], /unknown option '--bogus'/],
    [
      ['fuzz', '127.0.0.1:9', '--protocol', 'mqtt'],
      /no protocol 'mqtt': it is neither built in \(frame, echo, .*\) nor a file/,
    ],
    [
      ['fuzz', '127.0.0.1:9', '--property', 'any/speed'],
      /no property 'any\/speed' for protocol frame; there are: any\/answers/,
    ],
    [['fuzz', '127.0.0.1:0'], /port '0' is not a number from 1 to 65535; port 0, a free one, goes only with --exec/],
    [['fuzz', '127.0.0.1:65536'], /port '65536' is not a number from 1 to 65535/],
    [['fuzz', '127.0.0.1:foo'], /port 'foo' is not a number from 1 to 65535/],
    [['fuzz', 'localhost'], /target 'localhost' is not HOST:PORT/],
    [['fuzz', 'builtin:nginx'], /no server 'nginx'; there are: evented/],
    [['fuzz', 'builtin:broken/crlf-split', '--protocol', 'frame'], /does not speak frame; it speaks: lines/],
    [['fuzz', '192.0.2.1:7'], /192\.0\.2\.1 is not on this machine.*--allow-host 192\.0\.2\.1/],
    [['fuzz', 'example.com:7'], /example\.com is not on this machine.*--allow-host example\.com/],
    [['fuzz', '127.0.0.1:9', '--runs', '0'], /--runs takes a whole number from 1/],
    [['fuzz', '127.0.0.1:9', '--time', '0'], /a duration is a number and a unit: 500ms, 30s, 5m/],
    [['fuzz', '127.0.0.1:9', '--time', 'soon'], /a duration is a number and a unit/],
    [['fuzz', '127.0.0.1:9', '--time', '5'], /a duration is a number and a unit/],
    [['fuzz', '127.0.0.1:9', '--time', '25d'], /a duration is 24 days at the most/],
    [['fuzz', '127.0.0.1:9', '--idle', '30'], /a duration is a number and a unit/],
    [['fuzz', '127.0.0.1:9', '--idle', '5m'], /an idle time is 100ms at the least and 4m at the most/],
    [
      ['fuzz', 'udp://127.0.0.1:9', '--protocol', 'udp-echo', '--idle', '1s'],
      /protocol udp-echo is spoken over UDP, which has no connections that are idle \(--idle\)/,
    ],
    [
      ['fuzz', '127.0.0.1:9', '--property', 'any/idle'],
      /property any\/idle cannot be tried: no idle time is stated \(--idle\)/,
    ],
    [
      ['fuzz', '127.0.0.1:9', '--idle', '30s'],
      /any\/idle takes 61 s \(.*\), and --time must be 10 times that at the least, 610 s; it is 60 s: write --time 11m/,
    ],
    [
      ['fuzz', '127.0.0.1:9', '--idle', '1s', '--time', '29s', '--property', 'any/i*'],
      /any\/idle takes 3 s \(.*\), and --time must be 10 times that at the least, 30 s; it is 29 s: write --time 30s/,
    ],
    // Not where that is time enough, nor where any/idle is not asked for.
    [['fuzz', 'builtin:nginx', '--idle', '1s', '--time', '30s'], /no server 'nginx'/],
    [['fuzz', 'builtin:nginx', '--idle', '30s', '--property', 'any/answers'], /no server 'nginx'/],
    [['serve', 'evented', '--limit', '4294967295'], /--limit takes a whole number from 0 to 2147483647/],
    [['fuzz', '127.0.0.1:9', '--seed', '-1'], /--seed takes a whole number from 0/],
    [['fuzz', '127.0.0.1:9', '--baseline', 'b.json'], /cannot read baseline b\.json: there is no such file/],
    [['fuzz', '127.0.0.1:9', '--baseline', 'file'], /baseline file:\nit is not JSON: /],
    [['fuzz', '127.0.0.1:9', '--json', '/no/such/folder/at/all\0'], /cannot write/],
    [['list', 'colours'], /there is no list of 'colours'; there are: properties, protocols, servers/],
    [['serve', 'nginx'], /no server 'nginx'/],
    [['serve', 'evented', '--host', '192.0.2.1'], /192\.0\.2\.1 is not on this machine/],
    [['replay', 'gone.json'], /cannot read gone\.json: there is no such file/],
    [['dance'], /unknown command 'dance'/],
  ])('tornwire %j', async (args, message) => {
    // A NUL cannot be passed to a process; what stands for it is a folder that is a file.
    const dir = scratchDir()
    writeFileSync(join(dir, 'file'), '')
    const run = await Tornwire.run(
      args.map((arg) => arg.replace(/^.*\0$/, 'file/out.json')),
      dir,
    )
    expect([run.status, run.stderr, run.stdout]).toEqual([2, expect.stringMatching(message), ''])
    expect(run.stderr).not.toContain('this is a bug of tornwire')
    expect(run.stderr).not.toMatch(/^ +at /m)
  })

  it('a report folder that is a file', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'reports'), '')
    const run = await Tornwire.run(['fuzz', 'builtin:evented', '--runs', '1'], dir)
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/^tornwire: cannot write reports\/.*\n$/)])
  })
})

describe.concurrent('the exit status says what a run came to:', () => {
  const quick = ['--runs', '5', '--seed', '1']

  it('0 when every property passed', async () => {
    const run = await Tornwire.run(['fuzz', 'builtin:evented', '--protocol', 'echo', ...quick])
    expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^PASS 15 passed in /m)])
  })

  it('1 when a property failed', async () => {
    const run = await Tornwire.run([
      'fuzz',
      'builtin:broken/fin-becomes-rst',
      '--protocol',
      'echo',
      '--runs',
      '40',
      '--property',
      'any/half-*',
    ])
    expect([run.status, run.stdout]).toEqual([1, expect.stringMatching(/^FAIL 1 failed in /m)])
    expect(run.reports()).toHaveLength(1)
  })

  it('3 when nothing listens there', async () => {
    const run = await Tornwire.run(['fuzz', `127.0.0.1:${await deadPort()}`, ...quick])
    expect([run.status, run.stdout + run.stderr]).toEqual([
      3,
      expect.stringMatching(/nothing listens on 127\.0\.0\.1:\d+ \(connection refused\).*--exec/),
    ])
  })

  it('3 when the server does not speak the protocol', async () => {
    const run = await Tornwire.run([
      'fuzz',
      '127.0.0.1:0',
      '--exec',
      `${process.execPath} -e "require('net').createServer(s=>{s.on('error',()=>{});s.end('HTTP/1.1 400 Bad Request\\r\\n\\r\\n')}).listen({port})"`,
      ...quick,
    ])
    expect([run.status, run.stdout + run.stderr]).toEqual([
      3,
      expect.stringMatching(/fails the plain conversation of protocol frame: .*--protocol/),
    ])
  })

  it('4 when the time was over before all was tried', async () => {
    const run = await Tornwire.run(['fuzz', 'builtin:evented', '--time', '1ms', ...quick])
    expect([run.status, run.stdout]).toEqual([4, expect.stringMatching(/nothing was tried: the time was over/)])
  })
})

describe.concurrent('what there is', () => {
  it.each([
    ['protocols', 'upper'],
    ['servers', 'broken/split-header'],
    ['properties', 'frame/bad-truncated'],
    ['properties', 'source: RFC 9293 section 3.6: '],
  ])('list %s names %s', async (what, name) => {
    const run = await Tornwire.run(['list', what])
    expect([run.status, run.stderr, run.stdout]).toEqual([0, '', expect.stringContaining(name)])
  })

  it('--help and --version exit with 0', async () => {
    for (const flag of ['--help', '--version']) expect((await Tornwire.run([flag])).status).toBe(0)
  })
})
