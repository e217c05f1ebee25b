import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Address } from '../server.ts'
import { badChecksum, frame, message, ping, readAnswers } from './frames.ts'
import { RawClient } from './raw-client.ts'
import { turns } from './until.ts'

/** Long enough for an answer that is due, on one machine. */
const SOON_MS = 100

/** Sends each piece so that a server in this process reads it by itself. */
async function tear(client: RawClient, ...pieces: readonly (Uint8Array | string)[]): Promise<RawClient> {
  await turns()
  for (const piece of pieces) {
    client.send(piece)
    await turns()
  }
  return client
}

async function framesAfter(address: Address, ...pieces: readonly Uint8Array[]): Promise<string[]> {
  const client = await tear(await RawClient.connect(address), ...pieces)
  const answers = readAnswers(await client.getsWithin(SOON_MS))
  client.reset()
  return answers
}

async function bytesOf(address: Address, ...pieces: readonly (Uint8Array | string)[]): Promise<string> {
  const client = await tear(await RawClient.connect(address), ...pieces)
  return `${await client.end().getsEnd()}`
}

/** What B gets while A is inside a frame, and what A gets for the rest of it. */
async function besideHalfFrame(address: Address): Promise<unknown> {
  const [a, b] = [await RawClient.connect(address), await RawClient.connect(address)]
  await tear(a, message('from A').subarray(0, 7))
  await tear(b, ping('from B'))
  const ofB = readAnswers(await b.getsWithin(SOON_MS))
  await tear(a, message('from A').subarray(7))
  const seen = { b: ofB, a: readAnswers(await a.getsWithin(SOON_MS)), bLater: readAnswers(b.received) }
  a.reset()
  b.reset()
  return seen
}

/** Descriptors that are still open on /dev/null, where a server writes its log, when a client has been reset. */
async function logsLeftOpen(address: Address): Promise<number> {
  const before = openOn(devNull)
  const gone = await RawClient.connect(address)
  gone.reset()
  // Whoever comes after it is served after it.
  const next = await RawClient.connect(address)
  await next.send(message('x')).end().getsEnd()
  return openOn(devNull) - before
}

function openOn(path: string): number {
  // The descriptor by which the folder is read is gone when its link is.
  const fds = readdirSync('/proc/self/fd').filter((fd) => existsSync(`/proc/self/fd/${fd}`))
  return fds.filter((fd) => readlinkSync(`/proc/self/fd/${fd}`) === path).length
}

const MEASUREMENT = '2026-11-21T06:48:00.250Z cpu.user 12.5'

/** What a collector has stored. */
function collected(dir: string): string | undefined {
  const path = join(dir, 'collected.log')
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** A conversation that tells a broken server from a right one. `wrong` is what the planted bug makes of it. */
export interface Planted {
  readonly name: string
  readonly protocol: string
  /** `dir`: where the server keeps files. */
  readonly talk: (address: Address, dir: string) => Promise<unknown>
  readonly right: unknown
  readonly wrong: unknown
}

const two = Buffer.concat([message('one'), message('two')])
const servedBoth = { b: ['pong "from B"'], a: ['message "from A"'], bLater: ['pong "from B"'] }

/** Broken servers of each kind, without the help of the harness; it is held against all of them. */
export const PLANTED: readonly Planted[] = [
  {
    name: 'split-header',
    protocol: 'frame',
    talk: (address) => framesAfter(address, two.subarray(0, 2), two.subarray(2)),
    right: ['message "one"', 'message "two"'],
    wrong: [],
  },
  {
    name: 'coalesced-drop',
    protocol: 'frame',
    talk: (address) => framesAfter(address, two),
    right: ['message "one"', 'message "two"'],
    wrong: ['message "one"'],
  },
  {
    name: 'error-eats-good',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([message('good'), badChecksum('bad')])),
    right: ['message "good"', 'error 1'],
    wrong: ['error 1'],
  },
  {
    name: 'stall-zero-length',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([message('a'), message()])),
    right: ['message "a"', 'message ""'],
    wrong: ['message "a"'],
  },
  {
    name: 'checksum-unchecked',
    protocol: 'frame',
    talk: (address) => framesAfter(address, badChecksum('corrupt')),
    right: ['error 1'],
    wrong: ['message "corrupt"'],
  },
  {
    name: 'cross-talk',
    protocol: 'frame',
    talk: besideHalfFrame,
    right: servedBoth,
    wrong: { b: ['error 1'], a: ['error 2'], bLater: ['error 1'] },
  },
  {
    name: 'starved-by-half-frame',
    protocol: 'frame',
    talk: besideHalfFrame,
    right: servedBoth,
    wrong: { ...servedBoth, b: [] },
  },
  ...['frame', 'echo'].map((protocol) => ({
    name: 'half-close-drops-answer',
    protocol,
    talk: (address: Address) => RawClient.connect(address).then((client) => client.send(two).end().getsEnd()),
    right: two,
    wrong: Buffer.alloc(0),
  })),
  ...['frame', 'echo'].map((protocol) => ({
    name: 'leak-on-rst',
    protocol,
    talk: logsLeftOpen,
    right: 0,
    wrong: 1,
  })),
  {
    name: 'utf8-per-chunk',
    protocol: 'upper',
    talk: (address) => bytesOf(address, Buffer.from('при').subarray(0, 3), Buffer.from('при').subarray(3)),
    right: 'ПРИ',
    wrong: 'П\ufffd\ufffdИ',
  },
  {
    name: 'crlf-split',
    protocol: 'lines',
    talk: (address) => bytesOf(address, 'a\r', '\nb\r\n'),
    right: 'a\r\nb\r\n',
    wrong: 'a\r\n\nb\r\n',
  },
  {
    name: 'fixed-buffer',
    protocol: 'echo',
    talk: async (address) => (await bytesOf(address, Buffer.alloc(4100, 'echo'))).length,
    right: 4100,
    wrong: 4096,
  },
  {
    name: 'late-limit',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([message('good'), Buffer.from('00100001', 'hex')])),
    right: ['message "good"', 'error 2'],
    wrong: ['message "good"'],
  },
  {
    name: 'unknown-type-ignored',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([frame(0x05, 'x'), message('after')])),
    right: ['error 3'],
    wrong: ['message "after"'],
  },
  {
    name: 'truncation-unsaid',
    protocol: 'frame',
    talk: async (address) =>
      readAnswers(await (await tear(await RawClient.connect(address), two.subarray(0, 2))).end().getsEnd()),
    right: ['error 4'],
    wrong: [],
  },
  {
    name: 'read-is-a-line',
    protocol: 'collector',
    talk: async (address) => (await bytesOf(address, 'a', '\n')).split('\n').length - 1,
    right: 1,
    wrong: 2,
  },
  {
    name: 'stores-half-line',
    protocol: 'collector',
    talk: async (address, dir) => {
      await bytesOf(address, `${MEASUREMENT}\nhalf`)
      return collected(dir)
    },
    right: `${MEASUREMENT}\n`,
    wrong: `${MEASUREMENT}\nhalf\n`,
  },
  {
    name: 'ack-before-store',
    protocol: 'collector',
    talk: async (address, dir) => {
      const client = await RawClient.connect(address)
      const answer = await client.send(`${MEASUREMENT}\n`).gets(5)
      client.reset()
      await turns()
      return [`${answer}`, collected(dir)]
    },
    right: ['ok 1\n', `${MEASUREMENT}\n`],
    wrong: ['ok 1\n', undefined],
  },
  {
    name: 'split-header',
    protocol: 'files',
    talk: (address) => framesAfter(address, frame(0x20).subarray(0, 2), frame(0x20).subarray(2)),
    right: ['type 48 ""'],
    wrong: [],
  },
  {
    name: 'follows-dot-dot',
    protocol: 'files',
    talk: async (address, dir) => [
      await framesAfter(address, frame(0x21, 'o\x08../x.txtoh')),
      existsSync(join(dir, 'x.txt')),
    ],
    right: [[expect.stringMatching(/^type 51 /)], false],
    wrong: [['type 49 ""'], true],
  },
  {
    name: 'truncates-first',
    protocol: 'files',
    talk: async (address, dir) => {
      await framesAfter(address, frame(0x21, 'o\x05x.txtold'), frame(0x21, 'o\x05x.txtnew').subarray(0, 12))
      return readFileSync(join(dir, 'files', 'x.txt'), 'utf8')
    },
    right: 'old',
    wrong: '',
  },
  ...['frame', 'echo', 'lines', 'upper', 'collector', 'files'].map((protocol) => ({
    name: 'fin-becomes-rst',
    protocol,
    talk: async (address: Address) => {
      const client = await tear(await RawClient.connect(address))
      await client.end().getsEnd()
      return client.ending
    },
    right: 'fin',
    wrong: 'reset',
  })),
]
