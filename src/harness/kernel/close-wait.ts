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
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => table(read, path))
  if (tables.every((text) => text === undefined)) return undefined
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const row = new RegExp(`^ *\\d+: [0-9A-F]+:${hex} [0-9A-F]+:[0-9A-F]{4} ${CLOSE_WAIT} `, 'gm')
  return tables.reduce((count, text) => count + (text?.match(row)?.length ?? 0), 0)
}

/** Its number in the kernel's include/net/tcp_states.h, as the tables show it. */
const CLOSE_WAIT = '08'

function table(read: ReadTable, path: string): string | undefined {
  try {
    return read(path)
  } catch {
    return undefined
  }
}
