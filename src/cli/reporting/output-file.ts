import { accessSync, closeSync, constants, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { kindOf, whyNotWritten, writeAtomically } from '../../harness/atomic-file.ts'

/** A file that a run leaves behind and replaces as it learns more. It never throws: see `problem`. */
export interface OutputFile {
  readonly path: string
  /** Replaces the whole content. What is no regular file (a pipe, `/dev/stdout`) is written to once, when `last`. */
  write(text: string, last: boolean): void
  /** Why the newest content could not be written, if it could not: a sentence for a person. */
  readonly problem: string | undefined
}

/** A file at a path. The first time that it cannot be written, `warn` is told; a later success takes that back. */
export function outputFile(path: string, warn: (line: string) => void): OutputFile {
  let problem: string | undefined
  let warned = false
  return {
    path,
    write(text, last) {
      if (!last && kindOf(path) === 'special') return
      problem = failure(path, () => writeAtomically(path, text))
      if (problem === undefined || warned) return
      warned = true
      warn(problem)
    },
    get problem() {
      return problem
    },
  }
}

/**
 * Why a path cannot be written to, or `undefined` where it can: asked before a run, so that hours of work are not lost
 * to a typing error. Leaves no file behind that was not there; folders that are missing are made.
 */
export function checkWritable(path: string): string | undefined {
  const was = existsSync(path)
  // The reader of a FIFO that is opened and closed sees its end; one that has no reader yet may get one in time.
  if (was && statSync(path).isFIFO()) return failure(path, () => accessSync(path, constants.W_OK))
  if (was && kindOf(path) === 'special') return failure(path, () => closeSync(openSync(path, 'a')))
  const probe = was ? `${path}.probe` : path
  return failure(path, () => {
    if (was) closeSync(openSync(path, 'a'))
    writeAtomically(probe, '')
    rmSync(probe, { force: true })
  })
}

function failure(path: string, write: () => void): string | undefined {
  try {
    write()
    return undefined
  } catch (error) {
    return `cannot write ${path}: ${whyNotWritten(error)}`
  }
}
