import type { Opened } from './kernel-sockets.ts'
import { openProcNet } from './proc-net.ts'
import { openSockDiag } from './sock-diag.ts'

/**
 * Whether no socket has this port any more, also none in TIME_WAIT, which keeps from it a server that does not set
 * SO_REUSEADDR (socket(7)). True where that cannot be told.
 */
export async function isForsaken(port: number): Promise<boolean> {
  return (countAt(await openSockDiag(), port) ?? countAt(openProcNet(), port) ?? 0) === 0
}

function countAt(opened: Opened, port: number): number | undefined {
  if ('why' in opened) return undefined
  try {
    return opened.sockets.countAt(port)
  } finally {
    opened.sockets.close()
  }
}
