// stalled-client-blocks-all: one lock for all writes, held until the kernel has taken what is written; who does not read
// holds up everybody.

import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const stalledClientBlocksAll = changedServer(
  'answers nobody while one client does not take its answers',
  ['frame', 'echo'],
  (right) => {
    let holder: object | undefined
    let waiting: (() => void)[] = []
    const release = (transport: object): void => {
      if (holder !== transport) return
      holder = undefined
      const acts = waiting
      waiting = []
      for (const act of acts) act()
    }
    return (transport, options) => {
      const locked = (act: () => void): void => {
        if (holder === undefined || holder === transport) act()
        else waiting.push(() => locked(act))
      }
      const write = (bytes: Uint8Array): void =>
        locked(() => {
          transport.write(bytes)
          if (transport.buffered > 0) holder = transport
        })
      const handler = right(changedTransport(transport, { write, end: () => locked(() => transport.end()) }), options)
      return changedHandler(handler, {
        drained: () => {
          release(transport)
          handler.drained()
        },
        lost: (error) => {
          release(transport)
          handler.lost(error)
        },
      })
    }
  },
)
