// fixed-buffer-truncation: a read is copied into a buffer of 4,096 bytes, and what does not fit is forgotten.

import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const fixedBuffer = changedServer('forgets what a read brings beyond 4,096 bytes', ['echo'], truncating)

function truncating(service: Service): Service {
  return (transport, options) => {
    const handler = service(transport, options)
    return changedHandler(handler, { received: (bytes) => handler.received(bytes.subarray(0, ROOM)) })
  }
}

const ROOM = 4096
