// Files that are there whole or not at all. New content is written to a file beside, under a name that no client can say,
// and then put in its place by one call: rename for an overwrite, link for a create, which fails where the name is taken. An
// append is one write behind all others; what a full disk left of it is cut off.

import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { pid } from 'node:process'
import { threadId } from 'node:worker_threads'

export type How = 'create' | 'append' | 'overwrite'

export type Outcome = 'stored' | 'exists' | { readonly refused: 'name' | 'size' | 'trouble'; readonly reason: string }

/** Where files are kept. Names are allowed ones. */
export interface FileStore {
  /** Names of plain files, in no order. */
  names(): readonly string[]
  put(how: How, name: string, content: Uint8Array): Outcome
}

/** Most bytes of a file. */
const LIMIT = 16 * 1024 * 1024

/** A store in this directory, which is made when something comes. */
export function directoryStore(dir: string): FileStore {
  return {
    names: () => plainFilesIn(dir),
    put: (how, name, content) => {
      try {
        mkdirSync(dir, { recursive: true })
        const path = join(dir, name)
        if (!isPlainOrMissing(path)) return { refused: 'name', reason: 'there is something else of that name' }
        return how === 'append' ? append(path, content) : replace(how, path, join(dir, `.${pid}.${threadId}`), content)
      } catch (error) {
        return { refused: 'trouble', reason: (error as NodeJS.ErrnoException).message.split(',', 1)[0] ?? '' }
      }
    },
  }
}

function plainFilesIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
  } catch {
    return []
  }
}

function isPlainOrMissing(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true
}

function append(path: string, content: Uint8Array): Outcome {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o644)
  try {
    if (fstatSync(file).size + content.length > LIMIT)
      return { refused: 'size', reason: `a file has ${LIMIT} bytes at most` }
    const written = writeSync(file, content)
    if (written === content.length) return 'stored'
    ftruncateSync(file, fstatSync(file).size - written)
    return { refused: 'trouble', reason: NO_ROOM }
  } finally {
    closeSync(file)
  }
}

const NO_ROOM = 'there is no room for all of it'

function replace(how: 'create' | 'overwrite', path: string, beside: string, content: Uint8Array): Outcome {
  try {
    const file = openSync(beside, 'w', 0o644)
    try {
      if (writeSync(file, content) < content.length) return { refused: 'trouble', reason: NO_ROOM }
    } finally {
      closeSync(file)
    }
    if (how === 'overwrite') renameSync(beside, path)
    else linkSync(beside, path)
    return 'stored'
  } catch (error) {
    if (how === 'create' && (error as NodeJS.ErrnoException).code === 'EEXIST') return 'exists'
    throw error
  } finally {
    rmSync(beside, { force: true })
  }
}
