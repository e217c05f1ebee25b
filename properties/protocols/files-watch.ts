// What a play does to the files that its clients name.

import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame } from '../../src/codec/frame.ts'
import { isName, PUT, partsOf } from './files-frames.ts'

/** What became of one name, a line of JSON each. Contents stand as Latin-1; none where there is no plain file. */
export interface Trace {
  readonly name: string
  readonly before?: string
  readonly after?: string
}

/** The content of a larger file is told by its size alone. */
const MOST = 65_536

/** Looks at the files that these frames name, below `dir`; what it gives looks again and tells both. */
export function watchFiles(dir: string, frames: readonly Frame[]): () => Promise<string> {
  const puts = frames.flatMap((frame) => (frame.type === PUT ? [partsOf(frame)] : []))
  const names = new Map(puts.flatMap((put) => (put === undefined ? [] : [[`${Buffer.from(put.name)}`, put.name]])))
  const contentOf = (name: Uint8Array): string | undefined =>
    content(Buffer.concat([Buffer.from(join(dir, 'files', '/')), name]))
  const before = new Map([...names].map(([text, name]) => [text, contentOf(name)]))
  return async () => [...names].map(([text, name]) => traceLine(text, before.get(text), contentOf(name))).join('')
}

/** The traces in what was observed. */
export function tracesIn(observed: string): Trace[] {
  return observed.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Trace]))
}

/** Whether a file is there under a name that must be refused. */
export function isEscape({ name, after }: Trace): boolean {
  return after !== undefined && !isName(Buffer.from(name))
}

function traceLine(name: string, before: string | undefined, after: string | undefined): string {
  return `${JSON.stringify({ name, before, after })}\n`
}

function content(path: Buffer): string | undefined {
  if (path.includes(0)) return undefined
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile()) return undefined
  return stat.size > MOST ? `${stat.size} bytes` : readFileSync(path, 'latin1')
}
