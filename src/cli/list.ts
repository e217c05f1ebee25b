import { propertiesOf } from '../../properties/catalogue.ts'
import { builtInProtocols } from '../../properties/protocols/built-in.ts'
import { levelOf, type Property } from '../harness/property.ts'
import type { Protocol } from '../harness/protocol.ts'
import { entryNamed, SERVER_NAMES } from '../servers-under-test/catalogue.ts'
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
    const margin = `\n${indent}${' '.repeat(width)}  `
    const lines = rows.map(([name, about]) => `${indent}${name.padEnd(width)}  ${about.replaceAll('\n', margin)}\n`)
    process.stdout.write(`${title}${lines.join('')}`)
  }
  return EXIT.pass
}

async function rowsOf(kind: (typeof KINDS)[number], protocolName: string): Promise<[name: string, about: string][]> {
  if (kind === 'protocols') return builtInProtocols.map(({ name, about = '' }) => [name, about])
  if (kind === 'servers') return Promise.all(SERVER_NAMES.map(aboutServer))
  const { protocol } = await loadProtocol(protocolName)
  return propertiesOf(protocol).map((property) => [property.id, aboutProperty(property, protocol)])
}

async function aboutServer(name: string): Promise<[name: string, about: string]> {
  const entry = await entryNamed(name)
  return [name, `${entry?.about} (${entry?.protocols.join(', ')})`]
}

/** The level and the rule; below them the source, and why it is not tried, if so. */
function aboutProperty(property: Property, protocol: Protocol): string {
  const { claim, source, notFor } = property
  const why = notFor?.(protocol)
  const below = [`source: ${source}`, ...(why === undefined ? [] : [`not tried: ${why}`])]
  return [`${levelOf(property).toUpperCase().padEnd('SHOULD'.length)}  ${claim}`, ...below].join('\n        ')
}
