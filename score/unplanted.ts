// Classes of bugs that no planted server stands for, and why not.

export interface Unplanted {
  readonly bug: string
  readonly why: string
}

export const UNPLANTED: readonly Unplanted[] = [
  {
    bug: 'a length of variable width, torn',
    why: 'none of our protocols has one: mqtt-packet 6.6.0 stands for it, among the releases',
  },
  {
    bug: 'a little memory is kept for each connection that is gone, less than half of what it has said',
    why: 'some KiB a connection are not told from a heap that grows until its first collection; more is (any/forgets)',
  },
  {
    bug: 'a client that vanishes without FIN or RST is never given up',
    why: 'who is only silent is tried by any/idle (`--idle`); to vanish takes a packet filter, and so root',
  },
  {
    bug: 'accept fails with ECONNABORTED, and the listener ends',
    why: 'cannot be brought about on Linux: a connection that was reset before is accepted like any other',
  },
]
