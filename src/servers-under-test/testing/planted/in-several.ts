import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { devNull } from 'node:os'
import type { Address } from '../../server.ts'
import { message } from '../frames.ts'
import { RawClient } from '../raw-client.ts'
import type { Planted } from './planted.ts'
import { tear } from './talk.ts'

const two = Buffer.concat([message('one'), message('two')])

/** In several protocols, of which they know nothing. */
export const IN_SEVERAL: readonly Planted[] = [
  ...['frame', 'echo'].map((protocol) => ({
    name: 'half-close-drops-answer',
    protocol,
    talk: (address: Address) => RawClient.connect(address).then((client) => client.send(two).end().getsEnd()),
    right: two,
    wrong: Buffer.alloc(0),
  })),
  ...['frame', 'echo'].map((protocol) => ({
    name: 'leak-on-rst',
    protocol,
    talk: logsLeftOpen,
    right: 0,
    wrong: 1,
  })),
  ...['frame', 'echo', 'lines', 'upper', 'collector', 'files'].map((protocol) => ({
    name: 'fin-becomes-rst',
    protocol,
    talk: async (address: Address) => {
      const client = await tear(await RawClient.connect(address))
      await client.end().getsEnd()
      return client.ending
    },
    right: 'fin',
    wrong: 'reset',
  })),
]

/** Descriptors that are still open on /dev/null, where a server writes its log, when a client has been reset. */
async function logsLeftOpen(address: Address): Promise<number> {
  const before = openOn(devNull)
  const gone = await RawClient.connect(address)
  gone.reset()
  // Whoever comes after it is served after it.
  const next = await RawClient.connect(address)
  await next.send(message('x')).end().getsEnd()
  return openOn(devNull) - before
}

function openOn(path: string): number {
  // The descriptor by which the folder is read is gone when its link is.
  const fds = readdirSync('/proc/self/fd').filter((fd) => existsSync(`/proc/self/fd/${fd}`))
  return fds.filter((fd) => readlinkSync(`/proc/self/fd/${fd}`) === path).length
}
