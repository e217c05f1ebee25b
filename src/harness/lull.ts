import type { Watch } from './barrier.ts'
import type { ConnectionLog } from './connection-log.ts'
import type { Patience } from './patience.ts'
import type { Wire } from './wire.ts'

/** Looks for a lull, at the most: a server that never rests is closed on all the same. */
const MOST_LOOKS = 20

/** Waits until the server is quiet. A server that hides whether it is hides it at every look: then one is enough. */
export async function waitForLull(
  wire: Wire,
  log: ConnectionLog,
  watch: Watch,
  isQuiet: NonNullable<Patience['lull']>,
): Promise<void> {
  for (let look = 0; look < MOST_LOOKS && log.ending === undefined; look++) {
    const seen = wire.length
    const quiet = await isQuiet(watch)
    await wire.until(() => wire.length > seen, 1)
    if (quiet === undefined || (quiet && wire.length === seen)) return
  }
}
