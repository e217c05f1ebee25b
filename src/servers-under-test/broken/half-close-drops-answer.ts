// halfclose-drops-reply: answers are worked out later, and the client's FIN, read as "gone", throws them away.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { SERVICES } from '../services.ts'
import type { Cancel, Service, Transport } from '../transport.ts'
import { changedHandler, changedTransport } from './changed.ts'

export const halfCloseDropsAnswer: CatalogueEntry = {
  about: 'throws pending answers away when the client ends its side',
  protocols: ['frame', 'echo'],
  create: (protocol, options) => createEventedServer(answeringLater(SERVICES[protocol]), options),
}

function answeringLater(service: Service): Service {
  return (transport, options) => {
    const answers = new PendingAnswers(transport)
    const later = changedTransport(transport, {
      write: (bytes) => answers.add(bytes),
      end: () => {
        answers.give()
        transport.end()
      },
    })
    const handler = service(later, options)
    return changedHandler(handler, {
      receivedEnd: () => {
        answers.forget()
        handler.receivedEnd()
      },
      lost: (error) => {
        answers.forget()
        handler.lost(error)
      },
    })
  }
}

const WORK_MS = 2

/** Answers that are being worked on. */
class PendingAnswers {
  readonly #transport: Transport
  #pending: Uint8Array[] = []
  #cancel: Cancel = () => {}

  constructor(transport: Transport) {
    this.#transport = transport
  }

  add(bytes: Uint8Array): void {
    this.#pending.push(bytes)
    if (this.#pending.length === 1) this.#cancel = this.#transport.after(WORK_MS, () => this.give())
  }

  give(): void {
    for (const bytes of this.#pending) this.#transport.write(bytes)
    this.forget()
  }

  forget(): void {
    this.#pending = []
    this.#cancel()
  }
}
