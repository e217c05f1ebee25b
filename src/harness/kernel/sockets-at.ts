import type { KernelSockets, KnownState, Opened } from './kernel-sockets.ts'
import { openProcNet } from './proc-net.ts'
import { openSockDiag } from './sock-diag.ts'

/**
 * How many connections to this port the client has ended and the server has not (CLOSE_WAIT), whoever owns them. `undefined`
 * where neither these sockets tell nor /proc.
 */
export function closeWaitAt(port: number, sockets: KernelSockets): number | undefined {
  return sockets.countAt(port, 'CLOSE_WAIT') ?? countIn(openProcNet(), port, 'CLOSE_WAIT')
}

/**
 * Whether no socket has this port any more, also none in TIME_WAIT, which keeps from it a server that does not set
 * SO_REUSEADDR (socket(7)). True where that cannot be told.
 */
export async function isForsaken(port: number): Promise<boolean> {
  return (countIn(await openSockDiag(), port) ?? countIn(openProcNet(), port) ?? 0) === 0
}

function countIn(opened: Opened, port: number, state?: KnownState): number | undefined {
  if ('why' in opened) return undefined
  try {
    return opened.sockets.countAt(port, state)
  } finally {
    opened.sockets.close()
  }
}
