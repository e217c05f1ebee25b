import { join } from 'node:path'
import { env } from 'node:process'

/**
 * A file that a server keeps, in the directory that both were told: `dir`, or TORNWIRE_DIR, or else `served` in the working
 * directory, where `tornwire serve` keeps it.
 */
export function servedFile(name: string, dir: string = env.TORNWIRE_DIR ?? 'served'): string {
  return join(dir, name)
}
