import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Barrier } from './barrier.ts'
import type { KernelSockets } from './kernel/kernel-sockets.ts'
import { stillnessOf } from './quiet.ts'
import { serverProcesses } from './server-processes.ts'
import { type Listening, listening } from './testing/listening.ts'
import { LONG, only, openPlaying, playOn } from './testing/playing.ts'
import { alone, awaitAll, send } from './testing/steps.ts'

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

/** The inode of no socket: as of a server whose processes belong to somebody else. */
const HIDDEN = 2 ** 31 - 2

/** Sockets can be seen, but not who holds them. */
function withoutOwners(barrier: Barrier): Barrier {
  const { sockets } = barrier
  if (sockets === undefined) return barrier
  const hiding: KernelSockets = {
    ...sockets,
    connection: (side) => sockets.connection(side),
    refresh: () => sockets.refresh(),
    listener: () => ({ acceptBacklog: 0, inode: HIDDEN }),
    countAt: () => undefined,
    close: () => {},
  }
  return { ...barrier, watch: (client) => barrier.watch(client), sockets: hiding }
}

describe.skipIf(playing.barrier.sockets === undefined)('a server whose processes cannot be seen', () => {
  it('is neither quiet nor at work: it cannot be told, and is asked once before a close', async () => {
    server = await listening((connection) => void connection.pipe(connection))
    const { isQuiet: quiet } = stillnessOf(serverProcesses(withoutOwners(playing.barrier), server.address)!)
    const answers: (boolean | undefined)[] = []
    const lull = async (...given: Parameters<typeof quiet>): Promise<boolean | undefined> => {
      const answer = await quiet(...given)
      answers.push(answer)
      return answer
    }
    const played = await playOn(server.address, alone([send('hi'), awaitAll]), {
      ...playing,
      patience: { ...LONG, lull },
    })
    expect(only(played).ending).toBe('open')
    expect(answers).toEqual([undefined])
  })
})
