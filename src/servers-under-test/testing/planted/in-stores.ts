import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { frame } from '../frames.ts'
import { RawClient } from '../raw-client.ts'
import { turns } from '../until.ts'
import type { Planted } from './planted.ts'
import { bytesOf, framesAfter } from './talk.ts'

const MEASUREMENT = '2026-11-21T06:48:00.250Z cpu.user 12.5'

/** What a collector has stored. */
function collected(dir: string): string | undefined {
  const path = join(dir, 'collected.log')
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** In the protocols whose servers keep files. */
export const IN_STORES: readonly Planted[] = [
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
]
