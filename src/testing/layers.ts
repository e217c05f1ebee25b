// Which folder may import which (design.md), and where time and chance may come from.

import { type Import, importsOf, type Sources } from './imports.ts'

/** Everything that breaks the rules, one line each. */
export function breachesOf(sources: Sources): string[] {
  return [
    ...importsOf(sources).flatMap(importBreach),
    ...[...sources].flatMap(([path, text]) => clockBreaches(path, text)),
  ]
}

interface Layer {
  readonly folder: string
  /** Folders of ours that may be imported, besides the layer's own. */
  readonly may: readonly string[]
  /** Packages that code which is shipped may import; all of them where this is missing. */
  readonly packages?: readonly string[]
}

/** The first that fits counts. Tests and what they share may import test libraries, and what `TESTS_MAY` adds. */
const LAYERS: readonly Layer[] = [
  { folder: 'src/codec/', may: [], packages: ['node:zlib', 'node:buffer'] },
  { folder: 'src/servers-under-test/', may: ['src/codec/'] },
  { folder: 'src/harness/', may: ['src/codec/'] },
  { folder: 'src/cli/', may: ['src/', 'properties/'] },
  { folder: 'src/testing/', may: [] },
  { folder: 'src/', may: ['src/codec/', 'src/harness/'] },
  { folder: 'properties/', may: ['src/codec/', 'src/harness/'] },
  { folder: 'examples/', may: ['src/index.ts'] },
  { folder: 'bench/', may: ['src/', 'properties/'] },
  { folder: 'score/', may: ['src/', 'properties/', 'bench/'] },
]

/** Tests of the claims hold every server against them; tests of the top read the sources. */
const TESTS_MAY: Readonly<Record<string, readonly string[]>> = {
  'properties/': ['src/'],
  'src/': ['src/testing/'],
}

function importBreach({ from, to }: Import): string[] {
  const layer = LAYERS.find(({ folder }) => from.startsWith(folder))
  if (layer === undefined) return [`${from} lies in no layer: give it one in src/testing/layers.ts`]
  const isTest = isTestFile(from)
  const isOurs = /^(src|properties|examples|bench|score)\//.test(to)
  if (!isOurs) {
    const fine = isTest || layer.packages === undefined || layer.packages.includes(to)
    return fine ? [] : [`${from} imports ${to}: ${layer.folder} may import ${layer.packages?.join(' and ')} only`]
  }
  if (!isTest && isTestFile(to)) return [`${from} imports ${to}, which is for tests only`]
  const may = [layer.folder, ...layer.may, ...(isTest ? (TESTS_MAY[layer.folder] ?? []) : [])]
  const fine = may.some((folder) => to.startsWith(folder)) && (layer.folder !== 'src/' || !isLower(to, may))
  return fine
    ? []
    : [`${from} imports ${to}: ${layer.folder} may import ${layer.may.join(', ') || 'nothing else of ours'}`]
}

/** `src/` itself is the top of all: its own files, and not all the folders below it. */
function isLower(to: string, may: readonly string[]): boolean {
  return to.split('/').length > 2 && !may.some((folder) => folder !== 'src/' && to.startsWith(folder))
}

const TELLS_TIME = /\b(?:Date\.now|performance\.now|process\.hrtime|new Date\(\))/
const CLOCKS = ['src/harness/clock.ts', 'src/cli/']
const DRAWS = /\bMath\.random\b|\brandom(?:Bytes|Int|UUID)\(/
const CHANCES = ['src/harness/chance.ts']

function clockBreaches(path: string, text: string): string[] {
  if (isTestFile(path) || path.startsWith('bench/') || path.startsWith('examples/')) return []
  const breaches: string[] = []
  const among = (allowed: readonly string[]): boolean => allowed.some((each) => path.startsWith(each))
  if (TELLS_TIME.test(text) && !among(CLOCKS)) breaches.push(`${path} reads a clock: only ${CLOCKS.join(' and ')} may`)
  if (DRAWS.test(text) && !among(CHANCES)) breaches.push(`${path} draws by chance: only ${CHANCES.join(' and ')} may`)
  return breaches
}

function isTestFile(path: string): boolean {
  return path.endsWith('.test.ts') || path.includes('/testing/')
}
