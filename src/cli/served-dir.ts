import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Protocol } from '../harness/protocol.ts'

/**
 * Gives a server that we start ourselves a fresh directory for its files, and tells it to the server and to the protocol
 * by TORNWIRE_DIR. Where the user has set that, or the protocol looks at no files, nothing is done. What it gives removes
 * the directory.
 */
export function serveInto(targetName: string, protocol: Protocol): () => void {
  const isOurs = targetName.startsWith('builtin:') && protocol.observe !== undefined
  if (!isOurs || process.env.TORNWIRE_DIR !== undefined) return () => {}
  const dir = mkdtempSync(join(tmpdir(), 'tornwire-served-'))
  process.env.TORNWIRE_DIR = dir
  return () => {
    delete process.env.TORNWIRE_DIR
    rmSync(dir, { recursive: true, force: true })
  }
}
