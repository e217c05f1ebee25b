// Files of /proc are read by the thousand while a server is waited for. Node's readFileSync asks for their size, which
// is 0, and then gathers pieces of 8 KiB: it costs three times as much.

import { closeSync, openSync, readSync } from 'node:fs'

/** A file of /proc that is at most 4 KiB long, as Latin-1 text; `undefined` where it is gone or not for us to read. */
export function readProcFile(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return undefined
  }
  try {
    return room.toString('latin1', 0, readSync(file, room, 0, room.length, 0))
  } catch {
    // ESRCH: it ended after it was opened.
    return undefined
  } finally {
    closeSync(file)
  }
}

const room = Buffer.allocUnsafeSlow(4_096)
