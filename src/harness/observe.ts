import type { Protocol } from './protocol.ts'
import type { Transcript } from './transcript.ts'

/** What looking came to: what was left behind, or why it could not be seen. */
export type Seen = Pick<Transcript, 'observed' | 'unobserved'>

/**
 * Begins to look at what the server leaves behind; what it gives is called when the play is over. Never rejects: a file
 * that cannot be read is for a property to judge. Where the protocol looks at nothing, nothing is seen.
 */
export async function observe<F>(protocol: Protocol<F>, sent: readonly Uint8Array[]): Promise<() => Promise<Seen>> {
  if (protocol.observe === undefined) return async () => ({})
  try {
    const look = await protocol.observe(sent)
    return () => look().then((observed) => ({ observed }), unseen)
  } catch (error) {
    return async () => unseen(error)
  }
}

function unseen(error: unknown): Seen {
  return { unobserved: error instanceof Error ? error.message : String(error) }
}
