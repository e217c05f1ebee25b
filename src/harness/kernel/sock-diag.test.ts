import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { decodeReply } from './inet-diag.ts'
import type { LoadKoffi } from './libc.ts'
import { openSockDiag } from './sock-diag.ts'

const { EINTR, EPERM, EAFNOSUPPORT } = constants.errno
const side = { localAddress: '127.0.0.1', localPort: 1, remoteAddress: '127.0.0.1', remotePort: 2 }

type Call = (...args: never[]) => number
type Calls = Partial<Record<'socket' | 'send' | 'recv' | 'close', Call>>

/** A C library whose netlink socket does what each test says. */
function fakeLibc(calls: Calls, errno: () => number): LoadKoffi {
  const func = (definition: string) => {
    const name = /(\w+)\(/.exec(definition)?.[1] as keyof Calls
    return calls[name] ?? (() => 3)
  }
  const ffi = { load: () => ({ func }), errno }
  return async () => ({ default: ffi }) as unknown as Awaited<ReturnType<LoadKoffi>>
}

/** An answer of ENOENT to the request with this number. */
function noSuchSocket(into: Buffer, sequence: number): number {
  into.fill(0, 0, 36)
  into.writeUInt32LE(36, 0)
  into.writeUInt16LE(2, 4)
  into.writeUInt32LE(sequence, 8)
  into.writeInt32LE(-constants.errno.ENOENT, 16)
  return decodeReply(into, 36, sequence).is === 'none' ? 36 : -1
}

async function lookWith(calls: Calls, errno: () => number) {
  const opened = await openSockDiag(fakeLibc(calls, errno))
  if ('why' in opened) throw new Error(opened.why)
  return opened.sockets.connection(side)()
}

test('without koffi it is told what is missing and how to get it', async () => {
  const opened = await openSockDiag(() => Promise.reject(new Error("Cannot find package 'koffi'\nRequire stack: …")))
  const why = "the optional package koffi cannot be loaded (Cannot find package 'koffi'); 'npm install koffi' brings it"
  expect(opened).toEqual({ why })
})

test('where netlink is forbidden the error is named', async () => {
  const opened = await openSockDiag(fakeLibc({ socket: () => -1 }, () => EAFNOSUPPORT))
  expect(opened).toEqual({ why: 'a sock_diag socket cannot be opened: EAFNOSUPPORT' })
})

test('an interrupted call is made again, and late answers are passed over', async () => {
  const sends = [-1, 72]
  const receives = [() => -1, (into: Buffer) => noSuchSocket(into, 0), (into: Buffer) => noSuchSocket(into, 1)]
  const send = (): number => sends.shift()!
  const recv = ((_fd: number, into: Buffer) => receives.shift()!(into)) as Call
  expect(await lookWith({ send, recv }, () => EINTR)).toBe('no-socket')
  expect(sends.length + receives.length).toBe(0)
})

test.each<[string, Calls]>([
  ['a request that cannot be sent', { send: () => -1 }],
  ['an answer that does not come', { send: () => 72, recv: () => -1 }],
  ['an answer of eight bytes', { send: () => 72, recv: () => 8 }],
])('%s makes the look unreadable, not a claim that the socket has gone', async (_what, calls) => {
  expect(await lookWith(calls, () => EPERM)).toBe('unreadable')
})

test.each<[string, Calls]>([
  ['a dump that cannot be asked for', { send: () => -1 }],
  ['a dump that ends before its end', { send: () => 72, recv: () => -1 }],
  ['a part of a dump of eight bytes', { send: () => 72, recv: () => 8 }],
])('%s counts nothing', async (_what, calls) => {
  const opened = await openSockDiag(fakeLibc(calls, () => EPERM))
  expect('sockets' in opened && opened.sockets.countAt(80)).toBeUndefined()
})
