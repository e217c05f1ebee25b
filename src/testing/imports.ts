// Reads which file imports which, from the text of the files alone.

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** Source texts by path, relative to the top folder, with forward slashes. */
export type Sources = ReadonlyMap<string, string>

export interface Import {
  readonly from: string
  /** A path of ours, or the name of a package, as `node:net`. */
  readonly to: string
  /** Nothing is left of it when types are erased: `import type …`, not `import { type … }`. */
  readonly typeOnly: boolean
}

/** All TypeScript below these folders. A folder that does not exist holds none. */
export function readSources(top: string, folders: readonly string[]): Sources {
  const paths = folders.flatMap((folder) => typescriptBelow(join(top, folder)).map((path) => posix.join(folder, path)))
  return new Map(paths.map((path) => [path, readFileSync(join(top, path), 'utf8')]))
}

/** Every import, export from, and import() in these files. */
export function importsOf(sources: Sources): Import[] {
  return [...sources].flatMap(([from, text]) =>
    [...code(text).matchAll(STATEMENT)].map((match) => {
      const name = (match[2] ?? match[3]) as string
      const isOurs = name.startsWith('.')
      return {
        from,
        to: isOurs ? posix.join(posix.dirname(from), name) : name,
        typeOnly: match[1] !== undefined,
      }
    }),
  )
}

/** Files that import each other in a ring, each ring once, by what is left of the imports when types are erased. */
export function cyclesOf(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at !== -1) cycles.push([...trail.slice(at), path].join(' -> '))
    if (at !== -1 || done.has(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  return cycles
}

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{},\s$]+?\s+from\s+)?'([^']+)'|\bimport\('([^']+)'\)/g

/** The text without comments that stand on lines of their own. */
function code(text: string): string {
  return text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
}

function typescriptBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts') && !path.includes('node_modules/'))
  } catch {
    return []
  }
}
