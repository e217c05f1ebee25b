import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { answers } from './answers.ts'
import { backPressure } from './back-pressure.ts'
import { badFrames } from './bad-frame.ts'
import { burst } from './burst.ts'
import { crowd } from './crowd.ts'
import { cuts } from './cuts.ts'
import { disconnect } from './disconnect.ts'
import { flood } from './flood.ts'
import { halfClose } from './half-close.ts'
import { hoarding } from './hoarding.ts'
import { idleCpu } from './idle-cpu.ts'
import { isolation } from './isolation.ts'
import { leak } from './leak.ts'
import { pauses } from './pauses.ts'
import { session } from './session.ts'

/**
 * Every property, in the order in which they are tried: the simplest claims first, and a server that dies of a client that
 * goes, or spins, before one that mistakes bad frames; last those whose cases cost most. What is claimed of any protocol is
 * claimed of streams.
 */
export function propertiesOf(protocol: Protocol): Property[] {
  const own = protocol.properties ?? []
  if (protocol.transport === 'udp') return [...own]
  return [
    answers,
    cuts,
    halfClose,
    disconnect,
    idleCpu,
    ...badFrames(protocol),
    isolation,
    pauses,
    flood,
    session,
    ...own,
    backPressure,
    hoarding,
    leak,
    burst,
    crowd,
  ]
}
