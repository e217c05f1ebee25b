import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'

/** The same service with so many workers: each serves one connection until it is gone, and the next ones wait. */
export function withWorkers(service: Service, workers: number): Service {
  let free = workers
  const queue: (() => void)[] = []
  const release = (): void => {
    const next = queue.shift()
    if (next === undefined) free += 1
    else next()
  }
  return (transport, options) => {
    const handler = service(transport, options)
    let state: 'waiting' | 'served' | 'gone' = free > 0 ? 'served' : 'waiting'
    const held: (() => void)[] = []
    const act = (event: () => void): void => void (state === 'served' ? event() : held.push(event))
    if (state === 'served') free -= 1
    else {
      queue.push(() => {
        if (state === 'gone') return release()
        state = 'served'
        for (const event of held) event()
      })
    }
    return changedHandler(handler, {
      received: (bytes) => act(() => handler.received(bytes)),
      receivedEnd: () => act(() => handler.receivedEnd()),
      lost: (error) => {
        const wasServed = state === 'served'
        state = 'gone'
        handler.lost(error)
        if (wasServed) release()
      },
    })
  }
}
