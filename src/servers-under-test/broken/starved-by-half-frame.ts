// stalled-client-blocks-all: a lock is taken with the first byte of a frame and given back with its last one.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const starvedByHalfFrame: CatalogueEntry = {
  about: 'serves nobody else while a connection is inside a frame',
  protocols: ['frame'],
  create: (_protocol, options) => createEventedServer(lockedService(), options),
}

/** Every connection of one server shares the lock. */
function lockedService(): Service {
  const lock = new Lock()
  return (transport, options) => {
    const decoder = new MeasuringDecoder(frameDecoder(options))
    const handler = session(() => frameResponder(options, decoder))(transport, options)
    return changedHandler(handler, {
      received: (bytes) =>
        lock.run(handler, () => {
          handler.received(bytes)
          return decoder.begun > 0
        }),
      receivedEnd: () =>
        lock.run(handler, () => {
          handler.receivedEnd()
          return false
        }),
      lost: (error) => {
        lock.forget(handler)
        handler.lost(error)
      },
    })
  }
}

interface Waiting {
  readonly owner: object
  /** Says whether its owner holds the lock from now on. */
  readonly action: () => boolean
}

class Lock {
  #owner: object | undefined
  #waiting: Waiting[] = []

  run(owner: object, action: () => boolean): void {
    this.#waiting.push({ owner, action })
    this.#runAllowed()
  }

  forget(owner: object): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting.owner !== owner)
    if (this.#owner === owner) this.#owner = undefined
    this.#runAllowed()
  }

  #runAllowed(): void {
    for (let at = this.#nextAllowed(); at >= 0; at = this.#nextAllowed()) {
      const [{ owner, action }] = this.#waiting.splice(at, 1) as [Waiting]
      this.#owner = action() ? owner : undefined
    }
  }

  #nextAllowed(): number {
    return this.#waiting.findIndex(({ owner }) => this.#owner === undefined || this.#owner === owner)
  }
}
