import { describe, expect, it } from 'vitest'
import { parseAddress, type Resolver, resolveHost } from './host.ts'
import { TargetNameError } from './target.ts'

// No test may look up a name that leads elsewhere: what the resolver says is said here.
const to =
  (address: string): Resolver =>
  async () =>
    address
const mustNotBeAsked: Resolver = (name) => Promise.reject(new Error(`${name} was looked up`))

describe('an address', () => {
  it.each([
    ['127.0.0.1:7001', '127.0.0.1', 7001],
    ['tcp://127.0.0.1:7001', '127.0.0.1', 7001],
    ['tcp://127.0.0.1:7001/', '127.0.0.1', 7001],
    ['localhost:1', 'localhost', 1],
    ['[::1]:65535', '::1', 65_535],
    ['tcp://[::1]:80', '::1', 80],
    ['udp://127.0.0.1:7', '127.0.0.1', 7],
    ['db.example.org:5432', 'db.example.org', 5432],
  ])('%s is read', (text, host, port) => {
    const scheme = /^(tcp|udp):/.exec(text)?.[1]
    expect(parseAddress(text, false)).toEqual({ host, port, ...(scheme === undefined ? {} : { scheme }) })
  })

  it.each([
    ['', 'is not HOST:PORT'],
    ['127.0.0.1', 'is not HOST:PORT'],
    [':7001', 'is not HOST:PORT'],
    ['::1:7001', 'is not HOST:PORT'],
    ['http://127.0.0.1:80', 'is not HOST:PORT'],
    ['127.0.0.1:7001:8', 'is not HOST:PORT'],
    ['127.0.0.1:', "port '' is not a number from 1 to 65535"],
    ['127.0.0.1:foo', "port 'foo' is not a number from 1 to 65535"],
    ['127.0.0.1:0', 'port 0, a free one, goes only with --exec'],
    ['127.0.0.1:65536', "port '65536' is not"],
    ['127.0.0.1:-1', "port '-1' is not"],
    ['127.0.0.1:80.5', "port '80.5' is not"],
    ['127.0.0.1:0x50', "port '0x50' is not"],
    ['127.0.0.1: 80', "port ' 80' is not"],
    ['127.0.0.1:99999999999999999999', 'is not a number from 1 to 65535'],
  ])("'%s' is refused: %s", (text, why) => {
    expect(() => parseAddress(text, false)).toThrow(TargetNameError)
    expect(() => parseAddress(text, false)).toThrow(`'${text}'`)
    expect(() => parseAddress(text, false)).toThrow(why)
  })

  it('may leave the port open where a server is started on it', () => {
    expect(parseAddress('127.0.0.1:0', true)).toEqual({ host: '127.0.0.1', port: 0 })
  })
})

describe('loopback', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('%s may be talked to', async (host) => {
    expect(await resolveHost(host, 80, [], mustNotBeAsked)).toEqual({ host, port: 80 })
  })
  it.each(['localhost', 'LocalHost', 'app.localhost'])('%s may be talked to where it leads here', async (host) => {
    expect(await resolveHost(host, 80, [], to('127.0.0.1'))).toEqual({ host: '127.0.0.1', port: 80 })
  })
  it('is looked for in IPv4 first, where most servers listen', async () => {
    expect(await resolveHost('localhost', 80, [])).toEqual({ host: '127.0.0.1', port: 80 })
  })
  it('is not what a resolver only calls so', async () => {
    await expect(resolveHost('app.localhost', 80, [], to('192.0.2.7'))).rejects.toThrow('is not on this machine')
  })
})

describe('anything else', () => {
  it.each([
    '192.0.2.7',
    '10.0.0.1',
    '0.0.0.0',
    '::',
    '::ffff:192.0.2.7',
    'example.org',
    '127.1',
    'localhost.example.org',
    '2130706433',
  ])('%s is refused, and no name is looked up', async (host) => {
    const refusal = resolveHost(host, 80, [], mustNotBeAsked)
    await expect(refusal).rejects.toThrow(TargetNameError)
    await expect(refusal).rejects.toThrow(`--allow-host ${host}`)
  })
  it('is allowed by its name, and by no other', async () => {
    const resolver = to('192.0.2.7')
    expect(await resolveHost('example.org', 80, ['example.org'], resolver)).toEqual({ host: '192.0.2.7', port: 80 })
    expect(await resolveHost('192.0.2.7', 80, ['192.0.2.7'], resolver)).toEqual({ host: '192.0.2.7', port: 80 })
    await expect(resolveHost('192.0.2.7', 80, ['example.org'], resolver)).rejects.toThrow(TargetNameError)
  })
  it('that cannot be resolved is told so', async () => {
    const fails: Resolver = () => Promise.reject(new Error('getaddrinfo ENOTFOUND example.org'))
    await expect(resolveHost('example.org', 80, ['example.org'], fails)).rejects.toThrow(
      "the host name 'example.org' cannot be resolved",
    )
  })
})
