/** The address cannot be had. `code` is the system's: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, … */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly code: string

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const code = cause.code ?? 'unknown'
    super(`cannot listen on ${host}:${port}: ${ADVICE[code] ?? cause.message} (${code})`, { cause })
    this.code = code
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there; stop it, or choose another port (0 takes a free one)',
  EACCES: 'not permitted; choose a port above 1023 (0 takes a free one)',
  EADDRNOTAVAIL: 'this machine has no such address; 127.0.0.1 and ::1 are the loopback ones',
}
