import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a whole file so that a reader, or a run that dies, never sees half of it: to a new file beside it, which then
 * takes its name. Folders are made. A link is followed; what is no regular file (a pipe, `/dev/stdout`) is written to.
 * Throws the error of `node:fs`, which `whyNotWritten` explains, and then leaves the earlier content as it was.
 */
export function writeAtomically(path: string, text: string): void {
  const kind = kindOf(path)
  if (kind === 'special') {
    writeSpecial(path, text)
    return
  }
  const real = kind === 'file' ? realpathSync(path) : path
  makeFolder(dirname(real))
  const draft = `${real}.${process.pid}.tmp`
  try {
    writeFileSync(draft, text)
    renameSync(draft, real)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** open(2) of a FIFO that nobody reads would wait for ever, and the whole process with it; this fails by ENXIO. */
function writeSpecial(path: string, text: string): void {
  const held = openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0))
  try {
    writeFileSync(path, text)
  } finally {
    closeSync(held)
  }
}

/**
 * Makes a folder and those above it. Not by `mkdir` with `recursive`: where a file system refuses a folder with ENOENT,
 * as /proc does, Node 20 to 24 try for ever.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Whether a path names a regular file, nothing yet, or something that cannot be replaced by another file. */
export function kindOf(path: string): 'file' | 'missing' | 'special' {
  try {
    return lstatSync(realpathSync(path)).isFile() ? 'file' : 'special'
  } catch {
    return 'missing'
  }
}

/** What kept a file from being written or read, and what to do about it, to follow `cannot write <path>: `. */
export function whyNotWritten(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return (code !== undefined && WHY[code]) || message || String(error)
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'no permission (EACCES); choose another folder or change its rights',
  EPERM: 'not permitted (EPERM); choose another folder',
  EROFS: 'the file system is read-only (EROFS); choose a folder that can be written to',
  ENOSPC: 'the disk is full (ENOSPC); free some space or choose another disk',
  EDQUOT: 'the disk quota is used up (EDQUOT); free some space or choose another disk',
  ENOTDIR: 'a part of the path is a file where a folder is needed (ENOTDIR); move it away or choose another path',
  EEXIST: 'a part of the path is a file where a folder is needed (EEXIST); move it away or choose another path',
  EISDIR: 'it is a folder (EISDIR); name a file in it',
  ENOENT: 'a folder of the path does not exist and cannot be made (ENOENT); check the path',
  ENAMETOOLONG: 'the path is too long (ENAMETOOLONG); choose a shorter one',
  ENXIO: 'nobody reads from it (ENXIO); start its reader first',
  EMFILE: 'too many files are open (EMFILE); raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine (ENFILE)',
}
