import { expect, it } from 'vitest'
import type { Table } from './play.ts'
import { sightOf } from './sight.ts'

const rests = async () => ({ least: 0, now: 0 })
const barrier = { kind: 'sock_diag' } as Table['barrier']

it.each<[string, Partial<Table>, string[]]>([
  ['nothing of a server on another machine', {}, []],
  [
    'everything of our own',
    { resources: async () => ({}), memoryGrowth: () => 0, idleCpu: rests },
    ['resources', 'memory', 'cpu'],
  ],
  [
    "only its sockets of somebody else's",
    { resources: async () => ({ closeWait: 0 }), memoryGrowth: () => undefined, idleCpu: async () => undefined },
    ['resources'],
  ],
  ['no memory where nobody counts what was read', { memoryGrowth: () => 0, barrier: { kind: 'proc' } as never }, []],
  ['no rest of one that polls', { idleCpu: async () => ({ least: 0.9, now: 1 }) }, []],
])('%s can be seen', async (_, table, seen) => {
  expect([...(await sightOf({ barrier, ...table } as Table))]).toEqual(seen)
})
