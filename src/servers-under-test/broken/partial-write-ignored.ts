// partial-write-ignored: what the kernel has no room for is taken for sent.

import { changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const partialWriteIgnored = changedServer('loses answers that the kernel has no room for', ['echo'], (right) => {
  return (transport, options) => {
    const write = (bytes: Uint8Array): void => {
      if (transport.buffered === 0) transport.write(bytes)
    }
    return right(changedTransport(transport, { write }), options)
  }
})
