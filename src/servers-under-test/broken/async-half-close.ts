// halfclose-answer-too-late: an answer is awaited, and by then the socket has ended itself because the client did.

import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { frameResponder } from '../protocols/frame.ts'
import type { ServiceOptions } from '../transport.ts'
import { asyncServer } from './async-server.ts'

export const asyncHalfClose: CatalogueEntry = {
  about: 'answers too late for a client that has ended its side (async)',
  protocols: ['frame'],
  create: (_protocol, options) => asyncServer((socket) => talk(socket, options), { allowHalfOpen: false }),
}

async function talk(socket: Socket, options: ServiceOptions): Promise<void> {
  const responder = frameResponder(options)
  socket.on('error', () => {})
  socket.on('data', async (bytes) => {
    const { answers, lingerMs } = responder.heard(bytes)
    await setTimeout(2)
    for (const answer of answers) if (socket.writable) socket.write(answer)
    if (lingerMs !== undefined) socket.end()
  })
  socket.on('end', () => {
    for (const answer of responder.heardEnd().answers) socket.write(answer)
  })
  await once(socket, 'close').catch(() => {})
}
