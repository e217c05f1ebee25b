// The files protocol of files.md, row by row.

import { join } from 'node:path'
import type { Item } from '../../codec/codec.ts'
import { ERROR_CODE, errorFrame, type Frame, frameCodec } from '../../codec/frame.ts'
import { LINGER_MS, type Reply, type Responder, session } from '../session.ts'
import { type ServiceOptions, servedDir } from '../transport.ts'
import { directoryStore, type FileStore, type How, type Outcome } from './file-store.ts'
import { codeOf, frameDecoder } from './frame.ts'

export const FILES_TYPE = { LIST: 0x20, PUT: 0x21, NAMES: 0x30, STORED: 0x31, EXISTS: 0x32, REFUSED: 0x33 } as const

/** The server of the files protocol. `options.limit` counts data bytes of a frame; 1 MiB without it. */
export const filesService = session((options) => filesResponder(options, directoryStore(filesDir(options))))

/** The directory of the files. */
export function filesDir(options: Pick<ServiceOptions, 'dir'>): string {
  return join(servedDir(options), 'files')
}

/** The answers to the frames of one connection, whose files are kept in `store`. */
export function filesResponder(
  options: ServiceOptions,
  store: FileStore,
  decoder = frameDecoder(options),
  isAllowed = isName,
): Responder {
  const answer = (items: readonly Item<Frame>[]): Reply => {
    const answers: Uint8Array[] = []
    // Of LIST after LIST in one read, the first reads the directory.
    let listed: Uint8Array | undefined
    for (const item of items) {
      const error = errorOf(item)
      if (error !== undefined) return { answers: [...answers, error], lingerMs: LINGER_MS }
      if (item.is !== 'frame') continue
      const isList = item.frame.type === FILES_TYPE.LIST
      const answer = (isList ? listed : undefined) ?? encode(answerFrame(item.frame, store, isAllowed))
      listed = isList ? answer : undefined
      answers.push(answer)
    }
    return { answers }
  }
  return {
    heard: (bytes) => answer(decoder.push(bytes)),
    heardEnd: () => answer(decoder.end()),
    heardNothing: () => ({ answers: [encode(errorFrame(ERROR_CODE.IDLE, 'no byte came within the idle time'))] }),
  }
}

/** Whether a file may have this name. */
export function isName(bytes: Uint8Array): boolean {
  const name = Buffer.from(bytes).toString()
  const isText = Buffer.compare(Buffer.from(name), bytes) === 0
  return isText && bytes.length >= 5 && bytes.length <= 200 && /^[^./\\\0-\x1f\x7f][^/\\\0-\x1f\x7f]*\.txt$/.test(name)
}

const { encode } = frameCodec({ limit: 2 ** 31 - 1 })

function errorOf(item: Item<Frame>): Uint8Array | undefined {
  if (item.is === 'bad') return encode(errorFrame(codeOf(item.kind), item.detail))
  const { type } = item.frame
  if (type === FILES_TYPE.LIST || type === FILES_TYPE.PUT) return undefined
  return encode(errorFrame(ERROR_CODE.UNKNOWN_TYPE, `no client sends frames of type 0x${type.toString(16)}`))
}

function answerFrame({ type, data }: Frame, store: FileStore, isAllowed: typeof isName): Frame {
  if (type === FILES_TYPE.LIST) return { type: FILES_TYPE.NAMES, data: listing(store) }
  const how = HOW[String.fromCharCode(data[0] ?? 0)]
  const size = data[1] ?? 0
  if (how === undefined || data.length < 2 + size)
    return refused('malformed', 'PUT is: how, size of name, name, content')
  const name = data.subarray(2, 2 + size)
  if (!isAllowed(name))
    return refused('name', 'a name ends with .txt, begins with no dot, and holds no / and no control')
  return outcomeFrame(store.put(how, Buffer.from(name).toString(), data.subarray(2 + size)))
}

const HOW: Readonly<Record<string, How>> = { c: 'create', a: 'append', o: 'overwrite' }

function listing(store: FileStore): Uint8Array {
  const names = store.names().map((name) => Buffer.from(name))
  return Buffer.from(
    names
      .filter(isName)
      .sort(Buffer.compare)
      .map((name) => `${name}\n`)
      .join(''),
  )
}

function outcomeFrame(outcome: Outcome): Frame {
  if (outcome === 'stored') return { type: FILES_TYPE.STORED, data: NOTHING }
  if (outcome === 'exists') return { type: FILES_TYPE.EXISTS, data: NOTHING }
  return refused(outcome.refused, outcome.reason)
}

const NOTHING = new Uint8Array(0)
const CODES = { name: 1, trouble: 2, malformed: 3, size: 4 } as const

function refused(why: keyof typeof CODES, reason: string): Frame {
  return { type: FILES_TYPE.REFUSED, data: Buffer.concat([Buffer.of(CODES[why]), Buffer.from(reason)]) }
}
