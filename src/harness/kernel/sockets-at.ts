import { readFileSync } from 'node:fs'
import type { ReadTable } from './proc-table.ts'

/**
 * How many connections to this port the client has ended and the server has not (CLOSE_WAIT), whoever owns them: proc(5),
 * the tables of IPv4 and IPv6. `undefined` where they cannot be read.
 */
export function closeWaitAt(
  port: number,
  read: ReadTable = (path) => readFileSync(path, 'latin1'),
): number | undefined {
  return countAt(port, CLOSE_WAIT, read)
}

/**
 * Whether no socket has this port any more, also none in TIME_WAIT, which keeps from it a server that does not set
 * SO_REUSEADDR (socket(7)). True where that cannot be told.
 */
export function isForsaken(port: number, read: ReadTable = (path) => readFileSync(path, 'latin1')): boolean {
  return (countAt(port, ANY_STATE, read) ?? 0) === 0
}

/** Its number in the kernel's include/net/tcp_states.h, as the tables show it. */
const CLOSE_WAIT = '08'
const ANY_STATE = '[0-9A-F]{2}'

/**
 * Sockets whose own port this is, in a state of this pattern. Each is counted once: a table is read in pieces, and shows a
 * socket twice where others came or went in between.
 */
function countAt(port: number, state: string, read: ReadTable): number | undefined {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => table(read, path))
  if (tables.every((text) => text === undefined)) return undefined
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const row = new RegExp(`^ *\\d+: ([0-9A-F]+:${hex} [0-9A-F]+:[0-9A-F]{4} ${state}) `, 'gm')
  return new Set(tables.flatMap((text) => [...(text?.matchAll(row) ?? [])].map(([, socket]) => socket))).size
}

function table(read: ReadTable, path: string): string | undefined {
  try {
    return read(path)
  } catch {
    return undefined
  }
}
