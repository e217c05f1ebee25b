import type { Watch } from './barrier.ts'
import type { ConnectionLog } from './connection-log.ts'
import type { Patience } from './patience.ts'
import type { Wire } from './wire.ts'

/** Milliseconds that a lull is waited for: a server that never rests is closed on all the same. */
const LULL_WITHIN_MS = 250

/** Waits until the server is quiet. A server that hides whether it is hides it at every look: then one is enough. */
export async function waitForLull(
  wire: Wire,
  log: ConnectionLog,
  watch: Watch,
  isQuiet: NonNullable<Patience['lull']>,
  now: () => number,
): Promise<void> {
  const until = now() + LULL_WITHIN_MS
  while (now() < until && log.ending === undefined) {
    const seen = wire.length
    const quiet = await isQuiet(watch)
    await wire.until(() => wire.length > seen, 1)
    if (quiet === undefined || (quiet && wire.length === seen)) return
  }
}
