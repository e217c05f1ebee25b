/** Claims that speak of a server's processes, threads and buffers, whatever is said to it, and take long to hold. */
export const ABOUT_PROCESSES: readonly string[] = [
  'any/idle-cpu',
  'any/back-pressure',
  'any/hoarding',
  'any/leak',
  'any/forgets',
  'any/burst',
  'any/crowd',
  'any/restart',
]
