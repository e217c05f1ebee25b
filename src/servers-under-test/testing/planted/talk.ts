import type { Address } from '../../server.ts'
import { readAnswers } from '../frames.ts'
import { RawClient } from '../raw-client.ts'
import { turns } from '../until.ts'

/** Long enough for an answer that is due, on one machine. */
export const SOON_MS = 100

/** Sends each piece so that a server in this process reads it by itself. */
export async function tear(client: RawClient, ...pieces: readonly (Uint8Array | string)[]): Promise<RawClient> {
  await turns()
  for (const piece of pieces) {
    client.send(piece)
    await turns()
  }
  return client
}

export async function framesAfter(address: Address, ...pieces: readonly Uint8Array[]): Promise<string[]> {
  const client = await tear(await RawClient.connect(address), ...pieces)
  const answers = readAnswers(await client.getsWithin(SOON_MS))
  client.reset()
  return answers
}

export async function bytesOf(address: Address, ...pieces: readonly (Uint8Array | string)[]): Promise<string> {
  const client = await tear(await RawClient.connect(address), ...pieces)
  return `${await client.end().getsEnd()}`
}
