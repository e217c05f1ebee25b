// What is appended to a file of lines during a play. Others append to it at the same time, so that either end of what is
// read may lie inside a line that is still being written.

import { open, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Begins to watch a file; what it gives tells the whole lines that were appended since, and a half one at its end. */
export async function appendedTo(path: string): Promise<() => Promise<string>> {
  const from = await sizeOf(path)
  return () => linesFrom(path, from)
}

/** For a line that is being written to get its ending, in milliseconds; a writer needs microseconds. */
const ENDS_WITHIN_MS = 300
const LOOKS_EVERY_MS = 5

async function linesFrom(path: string, from: number): Promise<string> {
  for (let waited = 0; ; waited += LOOKS_EVERY_MS) {
    const bytes = await bytesFrom(path, Math.max(0, from - 1))
    const own = from === 0 ? bytes : bytes.subarray(bytes.indexOf(LF) + 1 || bytes.length)
    if (own.length === 0 || own.at(-1) === LF || waited >= ENDS_WITHIN_MS) return own.toString()
    await pause(LOOKS_EVERY_MS)
  }
}

const LF = 0x0a

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

async function bytesFrom(path: string, from: number): Promise<Buffer> {
  const file = await open(path).catch((error: Error) => {
    throw new Error(`${error.message}: TORNWIRE_DIR must name the directory in which the server keeps its files`)
  })
  try {
    const { size } = await file.stat()
    if (size < from) throw new Error(`${path} became shorter during the play: who else writes it?`)
    const bytes = Buffer.alloc(size - from)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
