import { execFileSync } from 'node:child_process'
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { type Frame, frameCodec } from '../../codec/frame.ts'
import { badChecksum, frame } from '../testing/frames.ts'
import { MemoryTransport } from '../testing/memory-transport.ts'
import { directoryStore, type FileStore } from './file-store.ts'
import { filesService, isName } from './files.ts'

let dir = ''
let store: FileStore
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tornwire-files-'))
  store = directoryStore(join(dir, 'files'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const put = (how: string, name: string, content = ''): Buffer =>
  frame(0x21, Buffer.concat([Buffer.from(how), Buffer.of(Buffer.byteLength(name)), Buffer.from(name + content)]))
const list = frame(0x20)
const read = (name: string): string => readFileSync(join(dir, 'files', name), 'utf8')

/** Answers with the words left out that are for people. */
function answersTo(bytes: Buffer, cut = bytes.length): string[] {
  const transport = new MemoryTransport(filesService, { dir })
  for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
    if (piece.length > 0) transport.handler.received(Buffer.from(piece))
  }
  transport.handler.receivedEnd()
  const items = frameCodec().decoder().push(transport.received)
  return items.map((item) => (item.is === 'frame' ? inWords(item.frame) : item.kind))
}

function inWords({ type, data }: Frame): string {
  if (type === 0x33 || type === 0x7f) return `${type === 0x33 ? 'refused' : 'error'} ${data[0]}`
  return type === 0x30 ? `names ${JSON.stringify(`${Buffer.from(data)}`)}` : `type ${type}, ${data.length} bytes`
}
const [STORED, EXISTS] = ['type 49, 0 bytes', 'type 50, 0 bytes']

describe('a files server', () => {
  it('creates, appends, overwrites and lists, however it is torn', () => {
    const says = Buffer.concat([put('c', 'b.txt', 'one'), put('a', 'b.txt', 'two'), put('o', 'á.txt', 'new'), list])
    for (let at = 0; at < says.length; at++) {
      rmSync(join(dir, 'files'), { recursive: true, force: true })
      expect(answersTo(says, at)).toEqual([STORED, STORED, STORED, 'names "b.txt\\ná.txt\\n"'])
      expect([read('b.txt'), read('á.txt'), readdirSync(join(dir, 'files')).length]).toEqual(['onetwo', 'new', 2])
    }
  })

  it('asks what to do with a file that exists, and changes nothing', () => {
    expect(answersTo(Buffer.concat([put('c', 'a.txt', 'old'), put('c', 'a.txt', 'new')]))).toEqual([STORED, EXISTS])
    expect(read('a.txt')).toBe('old')
    expect(answersTo(put('o', 'a.txt', 'new'))).toEqual([STORED])
    expect(read('a.txt')).toBe('new')
  })

  it('leaves a file as it was when a PUT does not come whole', () => {
    answersTo(put('c', 'a.txt', 'old'))
    for (const how of ['o', 'a']) {
      const whole = put(how, 'a.txt', 'new')
      for (let size = 1; size < whole.length; size++) {
        expect(answersTo(whole.subarray(0, size))).toEqual(['error 4'])
        expect(read('a.txt')).toBe('old')
      }
    }
  })

  it.each([
    '../x.txt',
    '/tmp/x.txt',
    'a/b.txt',
    '.x.txt',
    'a\0b.txt',
    'x.text',
    '.txt',
    'a\\b.txt',
    `${'x'.repeat(197)}.txt`,
  ])('refuses the name %j, and goes on', (name) => {
    expect(answersTo(Buffer.concat([put('o', name, 'x'), list]))).toEqual(['refused 1', 'names ""'])
    expect(readdirSync(dir)).toEqual([])
  })

  it.each([
    ['an unknown how', put('x', 'a.txt')],
    ['less than its name', frame(0x21, 'o\x09a.txt')],
    ['nothing', frame(0x21)],
  ])('refuses a PUT that holds %s', (_, bytes) => {
    expect(answersTo(bytes)).toEqual(['refused 3'])
  })

  it('ends a bad stream as the frame protocol does, after the good answers', () => {
    expect(answersTo(Buffer.concat([list, badChecksum('x'), list]))).toEqual(['names ""', 'error 1'])
    expect(answersTo(Buffer.concat([list, frame(0x01), list]))).toEqual(['names ""', 'error 3'])
    expect(answersTo(Buffer.from('00100001', 'hex'))).toEqual(['error 2'])
  })
})

test('a name of UTF-8 is a name, and other bytes are none', () => {
  expect(isName(Buffer.from('žluťoučký kůň.txt'))).toBe(true)
  expect(isName(Buffer.concat([Buffer.of(0xff), Buffer.from('abc.txt')]))).toBe(false)
})

describe('a directory of files', () => {
  it('follows no link and writes into nothing that is no plain file', () => {
    mkdirSync(join(dir, 'files', 'd.txt'), { recursive: true })
    writeFileSync(join(dir, 'secret'), 'secret')
    symlinkSync(join(dir, 'secret'), join(dir, 'files', 'l.txt'))
    symlinkSync(join(dir, 'nothing'), join(dir, 'files', 'n.txt'))
    for (const name of ['d.txt', 'l.txt', 'n.txt']) {
      for (const how of ['create', 'append', 'overwrite'] as const) {
        expect(store.put(how, name, Buffer.from('x'))).toMatchObject({ refused: 'name' })
      }
    }
    expect([store.names(), readFileSync(join(dir, 'secret'), 'utf8'), readdirSync(dir).sort()]).toEqual([
      [],
      'secret',
      ['files', 'secret'],
    ])
  })

  it('changes no other name of a file that is overwritten', () => {
    store.put('create', 'a.txt', Buffer.from('old'))
    linkSync(join(dir, 'files', 'a.txt'), join(dir, 'other'))
    store.put('overwrite', 'a.txt', Buffer.from('new'))
    expect([read('a.txt'), readFileSync(join(dir, 'other'), 'utf8')]).toEqual(['new', 'old'])
  })

  it('has files of 16 MiB at most', () => {
    const half = Buffer.alloc(8 * 1024 * 1024)
    expect(['create', 'append', 'append'].map((how) => store.put(how as 'append', 'a.txt', half))).toEqual([
      'stored',
      'stored',
      { refused: 'size', reason: 'a file has 16777216 bytes at most' },
    ])
    expect(read('a.txt')).toHaveLength(2 * half.length)
  })

  it('says that it cannot be written, and no path', () => {
    writeFileSync(join(dir, 'files'), '')
    const outcome = store.put('create', 'a.txt', Buffer.from('x'))
    expect(outcome).toMatchObject({ refused: 'trouble', reason: expect.stringMatching(/^E\w+: [^/]*$/) })
    expect(store.names()).toEqual([])
  })

  it('keeps the old content where there is no room for the new', () => {
    for (const name of ['a.txt', 'b.txt']) store.put('create', name, Buffer.from('old'))
    const main = fileURLToPath(new URL('../testing/put-main.ts', import.meta.url))
    // A file size limit of two blocks (512 or 1,024 bytes each) stands for a disk that is full.
    const command = 'ulimit -f 2; exec "$0" --import jiti/register "$1" "$2"'
    const said = execFileSync('sh', ['-c', command, process.execPath, main, join(dir, 'files')], {
      encoding: 'utf8',
      env: { ...process.env, JITI_FS_CACHE: 'false' },
    })
    expect(said.match(/trouble/g)).toHaveLength(3)
    expect([read('a.txt'), read('b.txt'), readdirSync(join(dir, 'files')).sort()]).toEqual([
      'old',
      'old',
      ['a.txt', 'b.txt'],
    ])
  })
})
