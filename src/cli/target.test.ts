import { expect, it } from 'vitest'
import { resolveAddress } from './address.ts'
import { UsageError } from './exit.ts'
import { openTarget } from './target.ts'

const over = { udp: { protocol: 'udp-echo', transport: 'udp' }, tcp: { protocol: 'echo' } } as const

it.each([
  ['another machine over UDP', 'udp://192.0.2.1:7', 'udp', '192.0.2.1 is not on this machine'],
  ['a protocol over TCP at udp://', 'udp://127.0.0.1:7', 'tcp', 'protocol echo is spoken over TCP'],
  ['a protocol over UDP at tcp://', 'tcp://127.0.0.1:7', 'udp', 'protocol udp-echo is spoken over UDP'],
  ['a protocol over UDP to a server of streams', 'builtin:evented', 'udp', 'builtin:evented does not speak udp-echo'],
] as const)('%s is refused', async (_, name, transport, message) => {
  const opening = openTarget(name, { ...over[transport], allowHost: [] })
  await expect(opening).rejects.toThrow(UsageError)
  await expect(opening).rejects.toThrow(message)
})

it.each(['udp://127.0.0.1:7', '127.0.0.1:7'])('%s is a target over UDP where the protocol is', async (name) => {
  const { address } = await openTarget(name, { ...over.udp, allowHost: [] })
  expect(address).toEqual({ host: '127.0.0.1', port: 7, transport: 'udp' })
})

it('a command that speaks over TCP refuses udp://', async () => {
  await expect(resolveAddress('udp://127.0.0.1:7', [])).rejects.toThrow('this command speaks over TCP')
})

it.each([
  [
    'of a server that tornwire starts',
    'builtin:evented',
    { pid: process.pid },
    'leave it out where tornwire starts one',
  ],
  ['of a command', '127.0.0.1:0', { pid: process.pid, exec: 'x {port}' }, 'leave it out where tornwire starts one'],
  ['that is not there', '127.0.0.1:7', { pid: 0x7fff_ffff }, '--pid 2147483647: there is no such process'],
])('a process %s cannot be named', async (_, name, options, message) => {
  const opening = openTarget(name, { ...over.tcp, ...options, allowHost: [] })
  await expect(opening).rejects.toThrow(UsageError)
  await expect(opening).rejects.toThrow(message)
})

it('the process of a server that runs already can be named', async () => {
  expect(await openTarget('127.0.0.1:7', { ...over.tcp, pid: process.pid, allowHost: [] })).toMatchObject({
    pid: process.pid,
  })
})
