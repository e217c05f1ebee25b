/**
 * Calls `act` when `ms` milliseconds are over and all that has come by then is read: a process that was not given its turn
 * for so long would otherwise take its own slowness for the silence of a client.
 */
export function afterReads(ms: number, act: () => void): void {
  // Of two immediates in a row, the second comes after the event loop has asked the kernel at least once.
  setTimeout(() => setImmediate(() => setImmediate(act)), ms)
}
