import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { type AddressSpace, addressSpacesOf, hidden, mostGrown, mostOf } from './address-space.ts'

const GIB = 1_073_741_824
/** Reserves a GiB when it is told to, and touches nothing of it. */
const RESERVES = `console.log('ready')
process.stdin.once('data', () => { globalThis.room = Buffer.allocUnsafeSlow(${GIB}); console.log('done') })`

/** In GiB. */
const space = (pid: number, size: number, peak: number): AddressSpace => ({ pid, size: size * GIB, peak: peak * GIB })

it.runIf(process.platform === 'linux')('what a process reserves is seen, touched or not', async () => {
  const child = spawn(process.execPath, ['-e', RESERVES], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    const look = addressSpacesOf(() => [child.pid!])
    await once(child.stdout, 'data')
    const before = look()
    child.stdin.write('go')
    await once(child.stdout, 'data')
    const after = look()
    expect(after.map(({ pid }) => pid)).toEqual([child.pid])
    expect(mostGrown(before, after)).toBeGreaterThan(0.9 * GIB)
    expect(after[0]!.peak).toBeGreaterThanOrEqual(after[0]!.size)
  } finally {
    child.kill('SIGKILL')
  }
})

it.each([
  ['there is no process', []],
  ['it has ended', [0x3fff_ffff]],
])('nothing is seen where %s', (_, pids) => {
  expect(addressSpacesOf(() => pids)()).toEqual([])
})

describe('of several looks', () => {
  it('each process is kept with the most that it had, those that are gone too', () => {
    const looks = [[space(1, 3, 3), space(2, 1, 1)], [], [space(1, 1, 4)]]
    expect(mostOf(looks)).toEqual([space(1, 3, 4), space(2, 1, 1)])
  })
})

describe('growth is', () => {
  const before = [space(1, 1, 2), space(2, 3, 9)]
  it.each<[string, AddressSpace[], number]>([
    ['none where nothing changed', before, 0],
    ['none where less is left', [space(1, 0.5, 2)], 0],
    ['what was reserved and given back', [space(1, 1, 4), space(2, 3, 9)], 2],
    ['what is held, although there was more of it before', [space(1, 1, 2), space(2, 5, 9)], 2],
    ['the most of one process, and no sum', [space(1, 2, 3), space(2, 5, 9)], 2],
    ['none of a process that is new and like the others', [...before, space(3, 3, 3)], 0],
    ['what a copy of the largest has beyond it', [...before, space(3, 5, 5)], 2],
  ])('%s', (_, after, grown) => {
    expect(mostGrown(before, after) / GIB).toBe(grown)
  })
})

it('what a process has had more before hides as much', () => {
  expect(hidden(space(1, 1, 2.5))).toBe(1.5 * GIB)
})
