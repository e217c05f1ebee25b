// unbounded-outbuf: nobody looks at what a client has not read yet: more is read and more answers are held, without end.

import { changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const unboundedOutbuf = changedServer('holds all answers for a client that does not read', ['echo'], (right) => {
  return (transport, options) => right(changedTransport(transport, { pauseReading: () => {} }), options)
})
