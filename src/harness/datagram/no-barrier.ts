import type { Barrier } from '../barrier.ts'

/** What stands in for the barrier where datagrams are sent: they come whole or not at all, so nothing is cut. */
export const NO_BARRIER: Barrier = {
  kind: 'gap',
  why: 'none: datagrams are not cut',
  watch: () => ({ drained: async () => 'unproven', state: () => undefined, close: () => {} }),
  close: () => {},
}
