import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Protocol } from './protocol.ts'
import { type Listening, listening } from './testing/listening.ts'
import { openPlaying, playOn } from './testing/playing.ts'
import { echoed } from './testing/small-protocols.ts'
import { alone, awaitAll, send } from './testing/steps.ts'

const playing = await openPlaying()
let server: Listening
afterEach(() => server.close())
afterAll(() => playing.barrier.close())

const subject = alone([send('abc'), awaitAll])

/** Plays against an echo server that also keeps what it hears, where the protocol looks by `look`. */
async function played(look: (kept: () => string) => Protocol['observe']) {
  let kept = ''
  server = await listening((connection) => {
    connection.on('data', (bytes) => {
      kept += bytes
    })
    connection.pipe(connection)
  })
  const observe = look(() => kept)
  const protocol = { ...echoed, ...(observe === undefined ? {} : { observe }) } as Protocol
  return playOn(server.address, subject, { ...playing, protocol })
}

describe('what a server leaves behind', () => {
  it('is looked at before a play and after it, and stands in the transcript', async () => {
    const transcript = await played((kept) => async (sent) => {
      const before = kept().length
      return async () => `${Buffer.concat(sent)} ${before}:${kept()}`
    })
    expect(transcript.observed).toBe('abc 0:abc')
    expect(transcript).not.toHaveProperty('unobserved')
  })

  it.each([
    ['before', () => async () => Promise.reject(new Error('no such file'))],
    ['after', () => async () => () => Promise.reject(new Error('no such file'))],
  ] as const)('that cannot be seen %s a play is said to be so, and the play stands', async (_, look) => {
    const transcript = await played(look)
    expect(transcript).toMatchObject({ unobserved: 'no such file', connections: [{ ending: 'open', sent: 3 }] })
    expect(transcript).not.toHaveProperty('observed')
  })

  it('is nothing where the protocol does not look', async () => {
    const transcript = await played(() => undefined)
    expect(transcript).not.toHaveProperty('observed')
    expect(transcript).not.toHaveProperty('unobserved')
  })
})
