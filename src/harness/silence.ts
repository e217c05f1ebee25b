// Where no model tells what is due, a server that sleeps until a timer wakes it looks like one that has nothing more to
// say. So before it is asked whether it is quiet, nothing must have come for some time.

import type { Wire } from './wire.ts'

/** How long nothing must have come before a server may be called quiet, in milliseconds. */
export interface Silence {
  /** As long as nothing has come in this wait. */
  readonly unheardMs: number
  /** When something has. */
  readonly heardMs: number
}

/**
 * What `look` tells of a server that has been silent for so long, and was so while it was looked at. It looks once at the
 * least, and no more when the wait is `over`. `from`: bytes that had come when the wait began.
 */
export async function afterSilence<T>(
  wire: Pick<Wire, 'length' | 'until'>,
  from: number,
  silence: Silence,
  over: () => boolean,
  look: () => Promise<T>,
): Promise<T> {
  for (;;) {
    await untilSilent(wire, from, silence, over)
    const heard = wire.length
    const seen = await look()
    if (wire.length === heard || over()) return seen
  }
}

async function untilSilent(
  wire: Pick<Wire, 'length' | 'until'>,
  from: number,
  { unheardMs, heardMs }: Silence,
  over: () => boolean,
): Promise<void> {
  let before = -1
  while (wire.length !== before && !over()) {
    const heard = wire.length
    await wire.until(() => over() || wire.length > heard, heard > from ? heardMs : unheardMs)
    before = heard
  }
}
