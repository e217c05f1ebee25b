// libuv tells an RST that comes together with data as the end of the stream: after a read that did not fill its buffer it
// takes the hang-up for a FIN (uv__stream_io, src/unix/stream.c). The kernel knows better: the error is still pending on
// the socket (socket(7), SO_ERROR). Node cannot ask for it; libc can.

/** Whether an RST is pending on the socket with this descriptor. */
export type HasPendingReset = (descriptor: number) => boolean

const SOL_SOCKET = 1
const SO_ERROR = 4
const ECONNRESET = 104

/** Finds libc's getsockopt through koffi, or tells by `undefined` that there is none to be had. */
export async function openPendingReset(): Promise<HasPendingReset | undefined> {
  if (process.platform !== 'linux') return undefined
  try {
    const { default: koffi } = await import('koffi')
    const libc = koffi.load('libc.so.6')
    const getsockopt = libc.func(
      'int getsockopt(int fd, int level, int name, _Out_ int *value, _Inout_ uint32_t *length)',
    )
    return (descriptor) => {
      const error = [0]
      return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, error, [4]) === 0 && error[0] === ECONNRESET
    }
  } catch {
    return undefined
  }
}
