// TCP_CORK (tcp(7)): what is written while a socket is corked leaves only when it is full or the socket is shut down, so
// that a FIN can ride on the last data segment. Node cannot set it; libc can.

/** Corks the socket with this descriptor. False where that failed. */
export type Cork = (descriptor: number) => boolean

const IPPROTO_TCP = 6
const TCP_CORK = 3

/** Finds libc's setsockopt through koffi, or tells by `undefined` that there is none to be had. */
export async function openCork(): Promise<Cork | undefined> {
  if (process.platform !== 'linux') return undefined
  try {
    const { default: koffi } = await import('koffi')
    const libc = koffi.load('libc.so.6')
    const setsockopt = libc.func('int setsockopt(int fd, int level, int name, const int *value, uint32_t length)')
    return (descriptor) => setsockopt(descriptor, IPPROTO_TCP, TCP_CORK, [1], 4) === 0
  } catch {
    return undefined
  }
}
