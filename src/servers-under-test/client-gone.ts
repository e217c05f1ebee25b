/** The client, or the way to it, is gone. It happens to every server and is no news; any other error is. */
const CLIENT_GONE: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ENOTCONN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Tells of an error that ended a connection, unless it only says that the client is gone. */
export function reportTrouble(error: NodeJS.ErrnoException): void {
  if (!CLIENT_GONE.has(error.code ?? '')) console.error(`server under test: connection dropped: ${error.message}`)
}
