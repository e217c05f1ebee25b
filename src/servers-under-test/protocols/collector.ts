// The collector protocol of collector.md: a line that parses is stored and then acknowledged, one answer for each line.

import { join } from 'node:path'
import type { Item } from '../../codec/codec.ts'
import { type Line, linesCodec } from '../../codec/lines.ts'
import { LINGER_MS, type Reply, type Responder, session } from '../session.ts'
import { type ServiceOptions, servedDir } from '../transport.ts'
import { fileStore, mendStore, type Store } from './line-store.ts'
import { isMeasurement } from './measurement.ts'

/** The server of the collector protocol. `options.limit` counts bytes of a line, 1,024 without it. */
export const collectorService = session((options) => collectorResponder(options, collectorStore(options)))

/** The file in which measurements are collected. */
export function collectorStore(options: Pick<ServiceOptions, 'dir'>): Store {
  return fileStore(collectedFile(options))
}

/** Mends the file before the server listens. */
export function prepareCollector(options: Pick<ServiceOptions, 'dir'>): void {
  mendStore(collectedFile(options))
}

function collectedFile(options: Pick<ServiceOptions, 'dir'>): string {
  return join(servedDir(options), 'collected.log')
}

/** Reads one direction of a connection as lines, within the limit of these options. */
export function lineDecoder({ limit = LINE_LIMIT }: Pick<ServiceOptions, 'limit'>) {
  return linesCodec({ limit }).decoder()
}

/** The answers to the lines of one connection, which are stored in `store`. */
export function collectorResponder(
  options: Pick<ServiceOptions, 'limit'>,
  store: Store,
  decoder = lineDecoder(options),
): Responder {
  let count = 0
  const answer = (items: readonly Item<Line>[]): Reply => {
    const good = items.map((item) => item.is === 'frame' && isMeasurement(item.frame.text))
    const lines = items.flatMap((item, at) => (item.is === 'frame' && good[at] ? [item.frame.text, LF] : []))
    // One write for all lines of one read, and before any answer.
    const trouble = lines.length === 0 ? undefined : store.append(Buffer.concat(lines))
    const answers = items.map((item, at) => {
      count += 1
      if (item.is === 'bad') return refusal(count, item)
      return Buffer.from(good[at] ? verdict(count, trouble) : syntaxError(count))
    })
    return { answers, ...(items.at(-1)?.is === 'bad' ? { lingerMs: LINGER_MS } : {}) }
  }
  return {
    heard: (bytes) => answer(decoder.push(bytes)),
    heardEnd: () => answer(decoder.end()),
    heardNothing: () => ({ answers: [] }),
  }
}

const LINE_LIMIT = 1_024

const LF = Buffer.from('\n')

function verdict(line: number, trouble: string | undefined): string {
  return trouble === undefined ? `ok ${line}\n` : `error ${line} not-stored ${trouble}\n`
}

function syntaxError(line: number): string {
  return `error ${line} syntax a line is TIME METRIC VALUE, as 2026-11-21T06:48:00.250Z cpu.user 12.5\n`
}

function refusal(line: number, { kind, detail }: Extract<Item<Line>, { is: 'bad' }>): Uint8Array {
  return Buffer.from(`error ${line} ${kind === 'oversize' ? 'too-long' : 'cut-off'} ${detail}\n`)
}
