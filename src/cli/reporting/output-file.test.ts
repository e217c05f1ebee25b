import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkWritable, outputFile } from './output-file.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tornwire-output-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('a path is tried before the run, and left as it was', () => {
  const path = join(dir, 'new/result.json')
  expect(checkWritable(path)).toBeUndefined()
  expect(existsSync(path)).toBe(false)
  writeFileSync(path, 'kept')
  expect(checkWritable(path)).toBeUndefined()
  expect(readFileSync(path, 'utf8')).toBe('kept')
  expect(checkWritable('/dev/null')).toBeUndefined()
  expect(checkWritable(join(path, 'x.json'))).toMatch(
    /^cannot write .*\/x\.json: a part of the path is a file where a folder is needed/,
  )
  expect(checkWritable(dir)).toBe(`cannot write ${dir}: it is a folder (EISDIR); name a file in it`)
  expect(readdirSync(join(dir, 'new'))).toEqual(['result.json'])
})

test('a folder without write permission is found before the run', () => {
  chmodSync(dir, 0o555)
  const root = process.getuid?.() === 0
  // Root may write anywhere, so that for this question it has to be somebody else.
  if (root) process.seteuid!(65_534)
  try {
    expect(checkWritable(join(dir, 'result.json'))).toBe(
      `cannot write ${dir}/result.json: no permission (EACCES); choose another folder or change its rights`,
    )
  } finally {
    if (root) process.seteuid!(0)
  }
})

test.runIf(process.platform === 'linux')(
  'a file system that takes no folders is told of, and not tried for ever',
  () => {
    // In a process of its own: what never returns would hold this one, too.
    const module = new URL('../../../dist/src/cli/reporting/output-file.js', import.meta.url)
    const code = `import { checkWritable } from '${module}'; console.log(checkWritable('/proc/none/of/result.json'))`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { timeout: 20_000 })
    expect(String(said)).toMatch(/^cannot write \/proc\/none\/of\/result\.json: a folder of the path .* cannot be made/)
  },
)

test.runIf(process.platform === 'linux')(
  'a FIFO is not waited for where nobody reads it, and written to where somebody does',
  async () => {
    const path = join(dir, 'fifo')
    execFileSync('mkfifo', [path])
    const file = outputFile(path, () => {})
    file.write('lost', true)
    expect(file.problem).toBe(`cannot write ${path}: nobody reads from it (ENXIO); start its reader first`)
    const reader = spawn('cat', [path], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    reader.stdout.on('data', (data) => {
      said += data
    })
    expect(checkWritable(path)).toBeUndefined()
    await vi.waitFor(() => {
      file.write('kept', true)
      expect(file.problem).toBeUndefined()
    }, 20_000)
    await once(reader, 'close')
    expect(said).toBe('kept')
  },
)

test('a file that can be written again has no problem any more', () => {
  const warnings: string[] = []
  const file = outputFile(join(dir, 'a/b.json'), (line) => warnings.push(line))
  writeFileSync(join(dir, 'a'), '')
  file.write('1', false)
  file.write('2', false)
  expect(warnings).toEqual([file.problem])
  rmSync(join(dir, 'a'))
  file.write('3', false)
  expect(file.problem).toBeUndefined()
  expect(readFileSync(file.path, 'utf8')).toBe('3')
})

test('a link to a file stays a link', () => {
  writeFileSync(join(dir, 'real.json'), 'old')
  symlinkSync('real.json', join(dir, 'link.json'))
  outputFile(join(dir, 'link.json'), () => {}).write('new', true)
  expect(readlinkSync(join(dir, 'link.json'))).toBe('real.json')
  expect(readFileSync(join(dir, 'real.json'), 'utf8')).toBe('new')
})
