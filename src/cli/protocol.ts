import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtInProtocols } from '../../properties/protocols/built-in.ts'
import type { Protocol } from '../harness/protocol.ts'
import { ProtocolError, toProtocol } from '../harness/protocol-definition.ts'
import { UsageError } from './exit.ts'

/** A protocol, and the file that it was loaded from if it is not built in. */
export interface LoadedProtocol {
  readonly protocol: Protocol
  readonly file?: string
}

/** The built-in protocol of this name, or the one in this file (TypeScript or JavaScript). Throws `UsageError`. */
export async function loadProtocol(nameOrFile: string): Promise<LoadedProtocol> {
  const known = builtInProtocols.find(({ name }) => name === nameOrFile)
  if (known !== undefined) return { protocol: known }
  const file = resolve(nameOrFile)
  if (!existsSync(file)) {
    const names = builtInProtocols.map(({ name }) => name).join(', ')
    throw new UsageError(`no protocol '${nameOrFile}': it is neither built in (${names}) nor a file`)
  }
  try {
    return { protocol: toProtocol(await defaultExportOf(file)), file: nameOrFile }
  } catch (error) {
    const prefix = error instanceof ProtocolError ? '' : 'it cannot be loaded: '
    throw new UsageError(`protocol file ${nameOrFile}:\n${prefix}${error instanceof Error ? error.message : error}`)
  }
}

/** The protocol with the idle time of its servers, in milliseconds, where one was stated. Throws `UsageError`. */
export function withIdleTime(protocol: Protocol, idleMs: number | undefined): Protocol {
  if (idleMs === undefined) return protocol
  if (protocol.transport !== 'udp') return { ...protocol, idleMs }
  throw new UsageError(`protocol ${protocol.name} is spoken over UDP, which has no connections that are idle (--idle)`)
}

async function defaultExportOf(file: string): Promise<unknown> {
  // A protocol file says `import … from 'tornwire'` wherever it lies, also when tornwire itself was only run by npx.
  const index = fileURLToPath(new URL(`../index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url))
  const { createJiti } = await import('jiti')
  const jiti = createJiti(import.meta.url, { alias: { tornwire: index }, moduleCache: false, interopDefault: false })
  const exported = await jiti.import<{ default?: unknown }>(file)
  if (exported.default === undefined)
    throw new ProtocolError('it has no default export: export default defineProtocol({ … })')
  return exported.default
}
