// error-path-leak: what a connection has opened is closed when it ends well, and forgotten when it is reset.

import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'
import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const leakOnRst = changedServer(
  'keeps the log file of a connection open when the client resets it',
  ['frame', 'echo'],
  withLogFile,
)

function withLogFile(service: Service): Service {
  return (transport, options) => {
    const log = openSync(devNull, 'w')
    const handler = service(transport, options)
    return changedHandler(handler, {
      lost: (error) => {
        handler.lost(error)
        if (error === undefined) closeSync(log)
      },
    })
  }
}
