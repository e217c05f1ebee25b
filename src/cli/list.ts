import { propertiesOf } from '../../properties/catalogue.ts'
import { builtInProtocols } from '../../properties/protocols/built-in.ts'
import { CATALOGUE } from '../servers-under-test/catalogue.ts'
import { EXIT, UsageError } from './exit.ts'
import { loadProtocol } from './protocol.ts'

const KINDS = ['properties', 'protocols', 'servers'] as const

/** `tornwire list`. Throws `UsageError`. */
export async function list(what: string | undefined, { protocol }: { readonly protocol: string }): Promise<number> {
  const kinds = what === undefined ? KINDS : KINDS.filter((kind) => kind === what)
  if (kinds.length === 0) throw new UsageError(`there is no list of '${what}'; there are: ${KINDS.join(', ')}`)
  for (const kind of kinds) {
    const rows = await rowsOf(kind, protocol)
    const width = Math.max(...rows.map(([name]) => name.length))
    const title = kinds.length > 1 ? `${kind}\n` : ''
    const indent = kinds.length > 1 ? '  ' : ''
    process.stdout.write(
      `${title}${rows.map(([name, about]) => `${indent}${name.padEnd(width)}  ${about}\n`).join('')}`,
    )
  }
  return EXIT.pass
}

async function rowsOf(kind: (typeof KINDS)[number], protocolName: string): Promise<[name: string, about: string][]> {
  if (kind === 'protocols') return builtInProtocols.map(({ name, about = '' }) => [name, about])
  if (kind === 'servers')
    return Object.entries(CATALOGUE).map(([name, entry]) => [name, `${entry.about} (${entry.protocols.join(', ')})`])
  const { protocol } = await loadProtocol(protocolName)
  return propertiesOf(protocol).map(({ id, claim, notFor }) => {
    const why = notFor?.(protocol)
    return [id, why === undefined ? claim : `${claim} (not tried: ${why})`]
  })
}
