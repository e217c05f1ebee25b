// What a client of the files protocol says, made and taken apart.

import type { Random } from 'fast-check'
import type { Frame } from '../../src/codec/frame.ts'
import { makeText } from './payload.ts'

export const LIST = 0x20
export const PUT = 0x21

export type How = 'c' | 'a' | 'o'

/** A name of `size` bytes, 24 at least, that nobody else draws. */
export function makeName(chance: Random, size: number): Uint8Array {
  const text = makeText(chance, size - 5).replaceAll(/[/\\]/g, '_')
  return Buffer.from(`f${text}.txt`)
}

export function putFrame(how: How, name: Uint8Array, content: Uint8Array): Frame {
  return { type: PUT, data: Buffer.concat([Buffer.from(how), Buffer.of(name.length), name, content]) }
}

/** `undefined` where the PUT is malformed. */
export function partsOf({
  data,
}: Frame): { readonly how: How; readonly name: Uint8Array; readonly content: Uint8Array } | undefined {
  const how = String.fromCharCode(data[0] ?? 0)
  const end = 2 + (data[1] ?? 0)
  if (!isHow(how) || data.length < end) return undefined
  return { how, name: data.subarray(2, end), content: data.subarray(end) }
}

function isHow(text: string): text is How {
  return text === 'c' || text === 'a' || text === 'o'
}

/** 5 to 200 bytes of UTF-8, ending with .txt, without a dot before, slashes and controls. */
export function isName(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString()
  if (bytes.length < 5 || bytes.length > 200 || Buffer.compare(Buffer.from(text), bytes) !== 0) return false
  const safe = [...text].every((letter) => letter > '\x1f' && letter !== '\x7f' && letter !== '/' && letter !== '\\')
  return safe && text.endsWith('.txt') && !text.startsWith('.')
}
