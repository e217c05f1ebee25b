import { afterAll, describe, expect, it, vi } from 'vitest'
import { errorsInJunit, errorsInResult, readTap } from './testing/outputs.ts'
import { isAlive, removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

const FILES = ['--json', 'r.json', '--junit', 'r.xml', '--tap', 'r.tap']

/** What an interrupted run leaves must be as whole as any other. */
async function isWhole(run: Tornwire, points: number): Promise<void> {
  expect(errorsInResult(run.file('r.json'))).toEqual([])
  expect(JSON.parse(run.file('r.json'))).toMatchObject({ interrupted: true })
  expect(await errorsInJunit(run.file('r.xml'))).toEqual([])
  expect(readTap(run.file('r.tap'))).toMatchObject({ count: points, errors: [] })
}

describe.concurrent('Ctrl-C', () => {
  it('while cases are tried ends the run with 130, whole files and no child', async () => {
    const run = Tornwire.start(['fuzz', 'builtin:evented', '--runs', '1000000', '--protocol', 'echo', ...FILES])
    await run.says(/any\/answers: started/)
    const children = run.children()
    expect(children.length).toBeGreaterThan(0)
    run.process.kill('SIGINT')
    expect(await run.exit()).toBe(130)
    expect(run.stderr).toContain('interrupted; writing what was found')
    await isWhole(run, 15)
    expect(children.filter(isAlive)).toEqual([])
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('by another name, %s, does the same', async (signal) => {
    const run = Tornwire.start(['fuzz', 'builtin:evented', '--runs', '1000000', '--protocol', 'echo', ...FILES])
    await run.says(/any\/answers: started/)
    run.process.kill(signal)
    expect(await run.exit()).toBe(130)
    await isWhole(run, 15)
  })

  it('twice ends the run at once, and the server with it', async () => {
    const server = `trap "" TERM; echo $$ > pid; while :; do sleep 1; done`
    const run = Tornwire.start(['fuzz', '127.0.0.1:0', '--exec', `${server} # {port}`])
    const pidOf = (): number => Number(run.file('pid'))
    await vi.waitFor(() => expect(isAlive(pidOf())).toBe(true), 20_000)
    run.process.kill('SIGINT')
    await run.says(/interrupted/)
    run.process.kill('SIGINT')
    expect(await run.exit()).toBe(130)
    await vi.waitFor(() => expect(isAlive(pidOf())).toBe(false), 20_000)
  })

  it('while a case is shrunk keeps the smallest so far', async () => {
    // Silence takes long to shrink: there is time to interrupt.
    const target = ['fuzz', 'builtin:broken/starved-by-half-frame', '--property', 'any/isolation', '--concurrency', '1']
    const run = Tornwire.start([...target, ...FILES], scratchDir())
    const found = await run.leavesReport()
    const smaller = await run.leavesReport(found)
    run.process.kill('SIGINT')
    expect(await run.exit()).toBe(130)
    await isWhole(run, 1)
    const [report = '', ...others] = run.reports()
    expect(others).toEqual([])
    expect(sizeOf(smaller)).toBeLessThan(sizeOf(found))
    expect(sizeOf(run.file(report))).toBeLessThanOrEqual(sizeOf(smaller))
    expect(JSON.parse(run.file(report))).toMatchObject({ property: 'any/isolation', rule: 'disturbed' })
    expect(JSON.parse(run.file('r.json')).properties[0]).toMatchObject({ verdict: 'fail', failure: { case: report } })
  })
})

/** Characters of the case in a report. */
function sizeOf(report: string): number {
  return JSON.stringify(JSON.parse(report).case).length
}
