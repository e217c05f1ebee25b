// A file of lines that several connections, threads and processes append to at the same time.
//
// Each append is one write to a descriptor opened with O_APPEND: the kernel puts it behind all earlier ones and lets no
// other write in between. A write can still be incomplete: the disk fills up, or the process is killed in the middle.
// What a full disk left of it is cut off again; there is no room for anybody to have written behind it meanwhile. What a
// killed process left is ended by the next append, so that nothing is ever glued to it, and cut off when a server starts.
//
// The file is opened anew for each append, so that it can be moved away at any time, and nothing has to be closed.

import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Where whole lines are kept. */
export interface Store {
  /** Appends these bytes, whole lines, all or none of them. `undefined`, or why they are not stored. */
  append(lines: Uint8Array): string | undefined
}

/** A store in this file, which is made, with its directory, when the first lines come. */
export function fileStore(path: string): Store {
  return { append: (lines) => withFile(path, (file) => appendTo(file, lines)) }
}

/** Cuts off the half line that a killed process, or a power failure, left at the end. Only before anybody appends. */
export function mendStore(path: string): void {
  if (existsSync(path)) withFile(path, cutToLines)
}

function withFile(path: string, act: (file: number) => string | undefined): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(path, 'a+', 0o644)
    try {
      return act(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    // The rest of it, behind the comma, names the call and the path: nothing for a client.
    return (error as NodeJS.ErrnoException).message.split(',', 1)[0]
  }
}

function appendTo(file: number, lines: Uint8Array): string | undefined {
  const bytes = lastByte(file) === LF ? lines : Buffer.concat([Buffer.of(LF), lines])
  const written = writeSync(file, bytes)
  if (written === bytes.length) return undefined
  ftruncateSync(file, fstatSync(file).size - written)
  return `only ${written} of ${bytes.length} bytes could be written: the disk is full, or the file may not grow`
}

const LF = 0x0a

/** An empty file ends like one of whole lines. */
function lastByte(file: number): number {
  const { size } = fstatSync(file)
  const byte = Buffer.of(LF)
  if (size > 0) readSync(file, byte, 0, 1, size - 1)
  return byte.readUInt8()
}

const BLOCK = 65_536

function cutToLines(file: number): undefined {
  const block = Buffer.alloc(BLOCK)
  for (let end = fstatSync(file).size; end >= 0; end -= BLOCK) {
    const start = Math.max(0, end - BLOCK)
    const read = readSync(file, block, 0, end - start, start)
    const at = block.subarray(0, read).lastIndexOf(LF)
    if (at >= 0 || start === 0) return ftruncateSync(file, start + at + 1) as undefined
  }
}
