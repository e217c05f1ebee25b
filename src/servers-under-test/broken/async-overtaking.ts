// handlers-overtake: a read is handled by an async function that nobody waits for, so that a quick one overtakes a slow one.

import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { asyncServer } from './async-server.ts'

export const asyncOvertaking: CatalogueEntry = {
  about: 'lets the answer to a short read overtake that to a long one (async)',
  protocols: ['echo'],
  create: () => asyncServer(echo),
}

const LONG = 64

async function echo(socket: Socket): Promise<void> {
  let atWork = 0
  let ended = false
  const done = (): void => {
    if (ended && atWork === 0) socket.end()
  }
  socket.on('error', () => {})
  socket.on('data', async (bytes) => {
    atWork += 1
    if (bytes.length > LONG) await setTimeout(2)
    if (socket.writable) socket.write(bytes)
    atWork -= 1
    done()
  })
  socket.on('end', () => {
    ended = true
    done()
  })
  await once(socket, 'close').catch(() => {})
}
