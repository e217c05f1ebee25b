import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startOf } from './kernel/process.ts'
import { serverProcesses } from './server-processes.ts'

const NOWHERE = { host: '127.0.0.1', port: 1 }
const SLEEPS = 'setInterval(() => {}, 60_000)'

it('are those of a process that is named, and its descendants, as long as it is there', async () => {
  const parent = spawn(process.execPath, [
    '-e',
    `console.log(require('child_process').spawn(process.execPath, ['-e', '${SLEEPS}']).pid); ${SLEEPS}`,
  ])
  const child = Number(await once(parent.stdout, 'data'))
  const processes = serverProcesses({}, NOWHERE, parent.pid)
  expect(processes?.()).toEqual([parent.pid, child])
  process.kill(child, 'SIGKILL')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  expect(processes?.()).toEqual([])
})

it('cannot be seen where sockets cannot be asked and no process is named', () => {
  expect(serverProcesses({}, NOWHERE)).toBeUndefined()
})

const barrier = { sockets: { listener: () => ({ acceptBacklog: 0, inode: 7 }) } as never }

/** A search that finds these, one after the other, and counts. */
function finding(...found: (readonly number[])[]) {
  const searches = { count: 0, owners: () => ({ pids: found[searches.count++] ?? [] }) }
  return searches
}

it('are found although the socket was handed from one to another during the search', () => {
  const searches = finding([], [1])
  expect(serverProcesses(barrier, NOWHERE, undefined, searches.owners)?.()).toContain(1)
  expect(searches.count).toBe(2)
})

it('of another user are searched for twice, and no more', () => {
  const searches = finding()
  const processes = serverProcesses(barrier, NOWHERE, undefined, searches.owners)
  expect([processes?.(), processes?.(), searches.count]).toEqual([[], [], 2])
})

it('are searched for again where one has ended, although nobody has asked for its status', async () => {
  // A shell that becomes one that never asks. Its child ends only then, with its input: the shell might ask.
  const parent = spawn('/bin/sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  try {
    const child = Number(await once(parent.stdout!, 'data'))
    const within = { timeout: 10_000 }
    await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8'), within).toBe('sleep\n')
    parent.stdio[3]?.destroy()
    await expect.poll(() => startOf(child), within).toBeUndefined()
    expect(existsSync(`/proc/${child}`)).toBe(true)
    const searches = finding([child], [child])
    const processes = serverProcesses(barrier, NOWHERE, undefined, searches.owners)
    processes?.()
    processes?.()
    expect(searches.count).toBe(2)
  } finally {
    parent.kill('SIGKILL')
  }
})

it('are searched for again where another process has the number of one that is gone', () => {
  const [searches, starts] = [
    finding([1], [2]),
    new Map([
      [1, 100],
      [2, 300],
    ]),
  ]
  const processes = serverProcesses(barrier, NOWHERE, undefined, searches.owners, (pid) => starts.get(pid))
  expect([processes?.()[0], processes?.()[0], searches.count]).toEqual([1, 1, 1])
  starts.set(1, 200)
  expect([processes?.()[0], searches.count]).toEqual([2, 2])
})
