import { ackBeforeStore } from './broken/ack-before-store.ts'
import { checksumUnchecked } from './broken/checksum-unchecked.ts'
import { coalescedDrop } from './broken/coalesced-drop.ts'
import { crashOnRst } from './broken/crash-on-rst.ts'
import { crlfSplit } from './broken/crlf-split.ts'
import { crossTalk } from './broken/cross-talk.ts'
import { errorEatsGood } from './broken/error-eats-good.ts'
import { finBecomesRst } from './broken/fin-becomes-rst.ts'
import { fixedBuffer } from './broken/fixed-buffer.ts'
import { followsDotDot } from './broken/follows-dot-dot.ts'
import { halfCloseDropsAnswer } from './broken/half-close-drops-answer.ts'
import { lateLimit } from './broken/late-limit.ts'
import { leakOnRst } from './broken/leak-on-rst.ts'
import { readIsALine } from './broken/read-is-a-line.ts'
import { splitHeader } from './broken/split-header.ts'
import { stallZeroLength } from './broken/stall-zero-length.ts'
import { starvedByHalfFrame } from './broken/starved-by-half-frame.ts'
import { storesHalfLine } from './broken/stores-half-line.ts'
import { truncatesFirst } from './broken/truncates-first.ts'
import { truncationUnsaid } from './broken/truncation-unsaid.ts'
import { unknownTypeIgnored } from './broken/unknown-type-ignored.ts'
import { utf8PerChunk } from './broken/utf8-per-chunk.ts'
import type { CatalogueEntry, ProtocolName } from './catalogue-entry.ts'
import type { Server } from './server.ts'
import { STYLES } from './styles.ts'
import type { ServiceOptions } from './transport.ts'

/** Every server that can be asked for, by name. Those in `broken/` have one planted bug each. */
export const CATALOGUE: Readonly<Record<string, CatalogueEntry>> = {
  ...STYLES,
  'broken/ack-before-store': ackBeforeStore,
  'broken/checksum-unchecked': checksumUnchecked,
  'broken/coalesced-drop': coalescedDrop,
  'broken/crash-on-rst': crashOnRst,
  'broken/crlf-split': crlfSplit,
  'broken/cross-talk': crossTalk,
  'broken/error-eats-good': errorEatsGood,
  'broken/fin-becomes-rst': finBecomesRst,
  'broken/fixed-buffer': fixedBuffer,
  'broken/follows-dot-dot': followsDotDot,
  'broken/half-close-drops-answer': halfCloseDropsAnswer,
  'broken/late-limit': lateLimit,
  'broken/leak-on-rst': leakOnRst,
  'broken/read-is-a-line': readIsALine,
  'broken/split-header': splitHeader,
  'broken/stall-zero-length': stallZeroLength,
  'broken/starved-by-half-frame': starvedByHalfFrame,
  'broken/stores-half-line': storesHalfLine,
  'broken/truncates-first': truncatesFirst,
  'broken/truncation-unsaid': truncationUnsaid,
  'broken/unknown-type-ignored': unknownTypeIgnored,
  'broken/utf8-per-chunk': utf8PerChunk,
}

/** Milliseconds of idle time where nothing else is asked for: frame-protocol.md. */
export const DEFAULT_IDLE_MS = 30_000

/**
 * A new server, not listening yet. Without a protocol it speaks the first that its entry names.
 * Throws an Error that lists what exists where the name or the protocol is unknown.
 */
export function createServer(name: string, protocol?: string, options: Partial<ServiceOptions> = {}): Server {
  const entry = Object.hasOwn(CATALOGUE, name) ? CATALOGUE[name] : undefined
  if (entry === undefined)
    throw new Error(`no server is called "${name}"; there are: ${listOf(Object.keys(CATALOGUE))}`)
  return entry.create(protocolOf(name, entry, protocol), { idleMs: DEFAULT_IDLE_MS, ...options })
}

function protocolOf(name: string, { protocols }: CatalogueEntry, wanted: string = protocols[0]): ProtocolName {
  const spoken = protocols.find((protocol) => protocol === wanted)
  if (spoken !== undefined) return spoken
  throw new Error(`the server "${name}" does not speak "${wanted}"; it speaks: ${listOf(protocols)}`)
}

function listOf(names: readonly string[]): string {
  return names.join(', ')
}
