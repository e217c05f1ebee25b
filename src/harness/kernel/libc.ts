import type koffi from 'koffi'

/** The functions of the C library that speak to a netlink socket. Each gives -1 on failure; `errno` then tells which. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number
  send(fd: number, bytes: Uint8Array, length: number, flags: number): number
  recv(fd: number, into: Uint8Array, length: number, flags: number): number
  close(fd: number): number
  errno(): number
}

/** Loads the optional package `koffi`. May reject. */
export type LoadKoffi = () => Promise<{ readonly default: Pick<typeof koffi, 'load' | 'errno'> }>

/** The C library of this process, or why it cannot be called, in words. */
export async function loadLibc(load: LoadKoffi = () => import('koffi')): Promise<Libc | { readonly why: string }> {
  try {
    const { default: ffi } = await load()
    const library = ffi.load(null)
    return {
      socket: library.func('int socket(int, int, int)'),
      send: library.func('intptr_t send(int, const void *, size_t, int)'),
      recv: library.func('intptr_t recv(int, void *, size_t, int)'),
      close: library.func('int close(int)'),
      errno: () => ffi.errno(),
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    return { why: `the optional package koffi cannot be loaded (${reason}); 'npm install koffi' brings it` }
  }
}
