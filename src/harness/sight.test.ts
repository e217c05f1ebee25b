import { expect, it } from 'vitest'
import type { Table } from './play.ts'
import { sightOf } from './sight.ts'

const rests = async () => ({ least: 0, now: 0 })
const SOME = { pid: 1, size: 1, peak: 1 }
const barrier = { kind: 'sock_diag' } as Table['barrier']

it.each<[string, Partial<Table>, string[]]>([
  ['nothing of a server on another machine', {}, []],
  [
    'everything of our own',
    {
      resources: async () => ({ anonymousBytes: 1 }),
      memoryGrowth: () => 0,
      addressSpaces: () => [SOME],
      idleCpu: rests,
    },
    ['resources', 'heap', 'memory', 'address-space', 'cpu'],
  ],
  [
    "only its sockets of somebody else's",
    {
      resources: async () => ({ closeWait: 0 }),
      memoryGrowth: () => undefined,
      addressSpaces: () => [],
      idleCpu: async () => undefined,
    },
    ['resources'],
  ],
  ['no memory where nobody counts what was read', { memoryGrowth: () => 0, barrier: { kind: 'proc' } as never }, []],
  ['no rest of one that polls', { idleCpu: async () => ({ least: 0.9, now: 1 }) }, []],
  [
    'when it reads, of one whose listening socket is there',
    { barrier: { kind: 'proc', sockets: { listener: () => ({}) } } as never, address: { host: '127.0.0.1', port: 1 } },
    ['reads'],
  ],
])('%s can be seen', async (_, table, seen) => {
  expect([...(await sightOf({ barrier, ...table } as Table))]).toEqual(seen)
})
