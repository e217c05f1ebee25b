// A connection takes up megabytes before a server notices that nobody reads: on loopback segments are 64 KiB, and the
// kernel makes room for a good many of them. A client with segments as small as anywhere else and a small receive buffer
// (tcp(7), TCP_MAXSEG; socket(7), SO_RCVBUF) lets a server notice after a tenth of one, or after one and a half where the
// kernel remembers segments out of order (tcp_metrics(8)). Node can set neither; libc can.

/** Makes the room of a socket small, and large again. */
export interface NarrowWindow {
  /** To be called before it connects: the size of segments is agreed upon then. */
  narrow(descriptor: number): void
  widen(descriptor: number): void
}

const SOL_SOCKET = 1
const SO_RCVBUF = 8
const IPPROTO_TCP = 6
const TCP_MAXSEG = 2

/** Bytes: the least segment that every host must take (RFC 9293, 3.7.1), some of them, and more than a case has. */
const SEGMENT = 536
const NARROW = 4_096
const WIDE = 1_048_576

/** Finds libc's setsockopt through koffi, or tells by `undefined` that there is none to be had. */
export async function openNarrowWindow(): Promise<NarrowWindow | undefined> {
  if (process.platform !== 'linux') return undefined
  try {
    const { default: koffi } = await import('koffi')
    const libc = koffi.load('libc.so.6')
    const setsockopt = libc.func('int setsockopt(int fd, int level, int name, const int *value, uint32_t length)')
    return {
      narrow: (descriptor) => {
        setsockopt(descriptor, IPPROTO_TCP, TCP_MAXSEG, [SEGMENT], 4)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, [NARROW], 4)
      },
      widen: (descriptor) => void setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, [WIDE], 4),
    }
  } catch {
    return undefined
  }
}
