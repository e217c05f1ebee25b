import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { announced } from './announced.ts'
import { answers } from './answers.ts'
import { backPressure } from './back-pressure.ts'
import { badFrames } from './bad-frame.ts'
import { burst } from './burst.ts'
import { crowd } from './crowd.ts'
import { cuts } from './cuts.ts'
import { disconnect } from './disconnect.ts'
import { flood } from './flood.ts'
import { forgets } from './forgets.ts'
import { halfClose } from './half-close.ts'
import { hoarding } from './hoarding.ts'
import { idle } from './idle.ts'
import { idleCpu } from './idle-cpu.ts'
import { isolation } from './isolation.ts'
import { latency } from './latency.ts'
import { leak } from './leak.ts'
import { pauses } from './pauses.ts'
import { rescan } from './rescan.ts'
import { restart } from './restart.ts'
import { session } from './session.ts'

/**
 * Every property, in the order in which they are tried: the simplest claims first, and what makes the cases of others long, or
 * ends the server, before these: who mistakes FIN, hears nobody else meanwhile, dies of a client that goes, or spins. What was
 * reserved once for a message over the limit hides what is reserved again: that is looked at before others say such messages.
 * What is claimed of any protocol is claimed of streams. The last one may leave no server. How binding a claim is, is said for
 * this protocol.
 */
export function propertiesOf(protocol: Protocol): Property[] {
  const { demands = [] } = protocol
  return inOrder(protocol).map((property) =>
    demands.includes(property.id) ? { ...property, level: 'must' } : property,
  )
}

function inOrder(protocol: Protocol): Property[] {
  const own = protocol.properties ?? []
  if (protocol.transport === 'udp') return [...own]
  return [
    answers,
    halfClose,
    cuts,
    announced,
    // Before all others of several clients: who hears nobody else meanwhile makes each of their cases long.
    latency,
    disconnect,
    idleCpu,
    ...badFrames(protocol),
    // What is kept is told by many plays and long rests: begun after all others, it would not be told within ten seconds. Who looks
    // at memory that is held for a moment comes before who leaves a heap with hundreds of MiB of room.
    hoarding,
    leak,
    forgets,
    isolation,
    pauses,
    flood,
    session,
    ...own,
    rescan,
    backPressure,
    burst,
    crowd,
    idle,
    restart,
  ]
}
