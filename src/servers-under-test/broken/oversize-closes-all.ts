// one-client-closes-all: the error that a length over the limit raises is handled by closing every connection.

import type { Decoder } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { Transport } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const oversizeClosesAll = changedServer('closes every connection when one is refused', ['frame'], () => {
  const open = new Set<Transport>()
  return (transport, options) => {
    open.add(transport)
    const right = frameDecoder(options)
    const decoder: Decoder<Frame> = {
      push: (chunk) => {
        const items = right.push(chunk)
        const last = items.at(-1)
        if (last?.is === 'bad' && last.kind === 'oversize')
          for (const other of open) if (other !== transport) other.abort()
        return items
      },
      end: () => right.end(),
    }
    const handler = session(() => frameResponder(options, decoder))(transport, options)
    return changedHandler(handler, {
      lost: (error) => {
        open.delete(transport)
        handler.lost(error)
      },
    })
  }
})
