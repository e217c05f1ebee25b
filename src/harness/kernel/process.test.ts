import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import {
  isQuiet,
  listedChildren,
  ownersOf,
  type QuietSample,
  quietSample,
  searchedChildren,
  withDescendants,
} from './process.ts'
import { processResources } from './process-resources.ts'
import { openSockDiag } from './sock-diag.ts'
import { spawnNode } from './testing/spawn-server.ts'

/** Time is what is measured here: longer than any tick of the kernel, so that a busy thread shows. */
const betweenSamples = () => new Promise((resolve) => setTimeout(resolve, 20))

/** The samples before and after a short while. */
async function sampled(pid: number): Promise<[QuietSample, QuietSample]> {
  const before = quietSample([pid])!
  await betweenSamples()
  return [before, quietSample([pid])!]
}

describe.runIf(process.platform === 'linux')('processes by /proc', () => {
  test('the inode of a listener leads to the process that owns it, and to what it takes', async () => {
    const server = await spawnNode()
    const opened = await openSockDiag()
    if ('why' in opened) throw new Error(opened.why)
    const listener = opened.sockets.listener({ address: '127.0.0.1', port: server.port })
    expect(ownersOf(listener!.inode).pids).toEqual([server.pid])
    const resources = processResources(server.pid)!
    expect(resources.residentBytes).toBeGreaterThan(2 ** 20)
    expect(resources.virtualBytes).toBeGreaterThan(resources.residentBytes)
    expect(resources.threads).toBeGreaterThan(1)
    expect(resources.descriptors).toBeGreaterThan(3)
    opened.sockets.close()
    server.stop()
  })

  test.each([
    ['in the lists of their parents', () => listedChildren],
    ['through their parents', searchedChildren],
  ])('descendants are found %s', async (_, childrenNow) => {
    const shell = spawn('sh', ['-c', 'sh -c "sleep 60; :" & echo; wait'])
    await once(shell.stdout, 'data')
    await expect.poll(() => withDescendants([shell.pid!], childrenNow()).length).toBe(3)
    const found = withDescendants([shell.pid!], childrenNow())
    expect(found[0]).toBe(shell.pid)
    expect(found).not.toContain(process.pid)
    for (const pid of found) process.kill(pid, 'SIGKILL')
  })

  test('all of a thousand children are listed', async ({ onTestFinished }) => {
    const script = 'i=0; while [ $i -lt 1000 ]; do sleep 60 & i=$((i+1)); done; echo; wait'
    const shell = spawn('sh', ['-c', script], { detached: true })
    onTestFinished(() => void process.kill(-shell.pid!, 'SIGKILL'))
    await once(shell.stdout, 'data')
    const children = [...listedChildren(shell.pid!)]
    expect(children.sort()).toEqual([...searchedChildren()(shell.pid!)].sort())
    expect(children.length).toBe(1_000)
  })

  test('a process that waits for input is quiet', async () => {
    const sleeper = spawn('cat')
    await expect.poll(async () => isQuiet(...(await sampled(sleeper.pid!)))).toBe(true)
    sleeper.kill('SIGKILL')
  })

  test('a process that burns CPU is not quiet', async () => {
    const burner = spawn(process.execPath, ['-e', 'console.log(); for (;;);'])
    await once(burner.stdout, 'data')
    expect(isQuiet(...(await sampled(burner.pid!)))).toBe(false)
    burner.kill('SIGKILL')
  })

  test('a process that has vanished is survived, and is dead, not quiet', async () => {
    const child = spawn('true')
    await once(child, 'exit')
    const pid = child.pid!
    expect(quietSample([pid])).toEqual({ onCpuNs: 0, threads: 0, sleeping: 0 })
    expect(isQuiet(...(await sampled(pid)))).toBe(false)
    expect(processResources(pid)).toBeUndefined()
    expect(withDescendants([pid])).toEqual([pid])
  })
})

test.each<[string, QuietSample, QuietSample, boolean]>([
  ['slept all the time', sample(5, 2, 2), sample(5, 2, 2), true],
  ['woke and went to sleep again', sample(5, 2, 2), sample(6, 2, 2), false],
  ['runs at this moment', sample(5, 2, 2), sample(5, 2, 1), false],
  ['began a thread', sample(5, 2, 2), sample(5, 3, 3), false],
])('quiet, where it %s', (_what, before, after, quiet) => {
  expect(isQuiet(before, after)).toBe(quiet)
})

function sample(onCpuNs: number, threads: number, sleeping: number): QuietSample {
  return { onCpuNs, threads, sleeping }
}
