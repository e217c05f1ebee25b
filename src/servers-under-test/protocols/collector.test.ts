import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, test } from 'vitest'
import { session } from '../session.ts'
import { MemoryTransport } from '../testing/memory-transport.ts'
import { collectorResponder, prepareCollector } from './collector.ts'
import { fileStore, type Store } from './line-store.ts'
import { isMeasurement } from './measurement.ts'

/** A store that keeps what it is given, or refuses it. */
function memoryStore(trouble?: string): Store & { text: string } {
  const store = {
    text: '',
    append: (lines: Uint8Array) => {
      if (trouble === undefined) store.text += Buffer.from(lines)
      return trouble
    },
  }
  return store
}

function talk(store: Store, ...pieces: readonly string[]): MemoryTransport {
  const transport = new MemoryTransport(session((options) => collectorResponder(options, store)))
  for (const piece of pieces) transport.handler.received(Buffer.from(piece))
  return transport
}

/** The answers without what is said to people. */
const verdicts = ({ received }: MemoryTransport): string[] =>
  `${received}`.split('\n').map((line) => line.replace(/^(error \d+ \S+) .*/, '$1'))

const A = '2026-11-21T06:48:00.250Z cpu.user 12.5'
const B = '2026-11-21T06:48:01Z paměť -3e-7'
const LONG = `${A.slice(0, -5)}${'x'.repeat(1_020 - A.length)} 12.5`

describe('a collector', () => {
  it.each([
    ['stores lines and says so, one for one', `${A}\n${B}\r\n`, ['ok 1', 'ok 2', ''], `${A}\n${B}\n`],
    [
      'refuses what is no measurement, and goes on',
      `${A}\nhello\n${B}\n`,
      ['ok 1', 'error 2 syntax', 'ok 3', ''],
      `${A}\n${B}\n`,
    ],
    ['takes an empty line for none', `\n${A}\n`, ['error 1 syntax', 'ok 2', ''], `${A}\n`],
    ['stores nothing of a line that is cut off', `${A}\n${B}`, ['ok 1', 'error 2 cut-off', ''], `${A}\n`],
  ])('%s, however it is torn', (_, says, answers, stored) => {
    for (let at = 1; at < says.length; at++) {
      const store = memoryStore()
      const transport = talk(store, says.slice(0, at), says.slice(at))
      transport.handler.receivedEnd()
      expect([verdicts(transport), store.text, transport.ending]).toEqual([answers, stored, 'fin'])
    }
  })

  it('ends the connection at a line over the limit, before its ending comes', () => {
    const store = memoryStore()
    expect(LONG).toHaveLength(1_024 - 4)
    const transport = talk(store, `${LONG}0000\n`, 'x'.repeat(1_030))
    expect([verdicts(transport), transport.ending]).toEqual([['ok 1', 'error 2 too-long', ''], 'fin'])
    transport.handler.received(Buffer.from(`\n${A}\n`))
    expect(store.text).toBe(`${LONG}0000\n`)
  })

  it('says of each line that it could not store it, and stays', () => {
    const transport = talk(memoryStore('ENOSPC: no space left on device'), `${A}\nx\n${B}\n`)
    expect(verdicts(transport)).toEqual(['error 1 not-stored', 'error 2 syntax', 'error 3 not-stored', ''])
    expect([`${transport.received}`.split('\n')[0], transport.ending]).toEqual([
      'error 1 not-stored ENOSPC: no space left on device',
      'open',
    ])
  })

  it('stores nothing of what a client had begun that was reset', () => {
    const store = memoryStore()
    talk(store, `${A}\n${B}`).handler.lost(new Error('read ECONNRESET'))
    expect(store.text).toBe(`${A}\n`)
  })
})

test.each([
  ['2024-02-29T23:59:59Z m 1', true],
  ['2000-02-29T00:00:00.123456789Z m -0.5E+3', true],
  ['2023-02-29T00:00:00Z m 1', false],
  ['1900-02-29T00:00:00Z m 1', false],
  ['2026-04-31T00:00:00Z m 1', false],
  ['2026-13-01T00:00:00Z m 1', false],
  ['2026-00-10T00:00:00Z m 1', false],
  ['2026-01-00T00:00:00Z m 1', false],
  ['2026-01-01T24:00:00Z m 1', false],
  ['2026-01-01T00:60:00Z m 1', false],
  ['2026-01-01T00:00:60Z m 1', false],
  ['2026-01-01T00:00:00.Z m 1', false],
  ['2026-01-01T00:00:00+01:00 m 1', false],
  ['2026-01-01T00:00:00Z  1', false],
  ['2026-01-01T00:00:00Z m  1', false],
  ['2026-01-01T00:00:00Z m 1 ', false],
  ['2026-01-01T00:00:00Z m\t 1', false],
  ['2026-01-01T00:00:00Z m .5', false],
  ['2026-01-01T00:00:00Z m 5.', false],
  ['2026-01-01T00:00:00Z m NaN', false],
  ['2026-01-01T00:00:00Z m 0x10', false],
])('%j is a measurement: %s', (line, is) => {
  expect(isMeasurement(Buffer.from(line))).toBe(is)
})

test('bytes that are no UTF-8 are no measurement', () => {
  expect(isMeasurement(Buffer.concat([Buffer.from(`${A.slice(0, 25)}m`), Buffer.of(0xff), Buffer.from(' 1')]))).toBe(
    false,
  )
})

describe('the file', () => {
  const dirs: string[] = []
  const scratch = (): string => {
    dirs.push(mkdtempSync(join(tmpdir(), 'tornwire-store-')))
    return dirs.at(-1)!
  }
  afterEach(() => {
    for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
  })

  it('is made with its directory, and made again where it was moved away', () => {
    const path = join(scratch(), 'a', 'b.log')
    const store = fileStore(path)
    expect(store.append(Buffer.from('one\n'))).toBeUndefined()
    rmSync(path)
    expect(store.append(Buffer.from('two\n'))).toBeUndefined()
    expect(readFileSync(path, 'utf8')).toBe('two\n')
  })

  it('says why it cannot be written, and no path', () => {
    const dir = scratch()
    symlinkSync('/dev/full', join(dir, 'full.log'))
    writeFileSync(join(dir, 'file'), '')
    expect(fileStore(join(dir, 'full.log')).append(Buffer.from('x\n'))).toBe('ENOSPC: no space left on device')
    expect(fileStore(join(dir, 'file', 'x.log')).append(Buffer.from('x\n'))).toMatch(/^(ENOTDIR|EEXIST): [^/]*$/)
  })

  it('never has anything glued to the half line of a process that was killed', () => {
    const path = join(scratch(), 'x.log')
    writeFileSync(path, 'one\nha')
    fileStore(path).append(Buffer.from('two\n'))
    expect(readFileSync(path, 'utf8')).toBe('one\nha\ntwo\n')
  })

  it.each([
    ['one\ntwo\nha', 'one\ntwo\n'],
    ['half', ''],
    ['', ''],
    [`one\n${'x'.repeat(200_000)}`, 'one\n'],
    [`${'x'.repeat(65_535)}\nhalf`, `${'x'.repeat(65_535)}\n`],
  ])('loses its half line when a server starts', (before, after) => {
    const dir = scratch()
    const path = join(dir, 'collected.log')
    appendFileSync(path, before)
    prepareCollector({ dir })
    expect(readFileSync(path, 'utf8')).toBe(after)
  })

  it('is not made where a server merely starts', () => {
    const dir = scratch()
    prepareCollector({ dir: join(dir, 'served') })
    expect(existsSync(join(dir, 'served'))).toBe(false)
  })

  it('keeps no part of lines for which there was no room', () => {
    const path = join(scratch(), 'x.log')
    const main = fileURLToPath(new URL('../testing/append-main.ts', import.meta.url))
    // A file size limit of two blocks (512 or 1,024 bytes each) stands for a disk that is full.
    const command = `ulimit -f 2; exec "$0" --import jiti/register "$1" "$2" 5 100`
    const said = execFileSync('sh', ['-c', command, process.execPath, main, path], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, JITI_FS_CACHE: 'false' },
    })
    const troubles = said
      .split('\n')
      .filter((line) => line.includes('bytes could be written') || line.includes('EFBIG'))
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(troubles.length).toBeGreaterThan(0)
    expect(lines.pop()).toBe('')
    expect(lines.length + 5 * troubles.length).toBe(500)
    expect(new Set(lines)).toEqual(new Set([`${'x'.repeat(15)}`]))
  })

  it('takes lines of several processes at once, each whole', async () => {
    const path = join(scratch(), 'x.log')
    const main = fileURLToPath(new URL('../testing/append-main.ts', import.meta.url))
    const append = (): string => `"$0" --import jiti/register "$1" "$2" 1000 20 >&2 &`
    execFileSync('sh', ['-c', `${append()} ${append()} ${append()} wait`, process.execPath, main, path], {
      stdio: 'pipe',
    })
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
    expect(lines).toHaveLength(60_000)
    expect(new Set(lines)).toEqual(new Set([`${'x'.repeat(15)}`]))
  })
})
