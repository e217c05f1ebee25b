// The servers of the catalogue as entrants: those with planted bugs, and those without.

import { propertiesOf } from '../properties/catalogue.ts'
import type { Expectation } from '../properties/expectation.ts'
import { EXPECTATIONS } from '../properties/expectations.ts'
import { builtInProtocols } from '../properties/protocols/built-in.ts'
import { openTarget } from '../src/cli/target.ts'
import { monotonic } from '../src/harness/clock.ts'
import { casesOf, type Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { execTarget } from '../src/harness/target/exec-target.ts'
import { freePort } from '../src/harness/target/free-port.ts'
import {
  asyncioEcho,
  endsAtEmfile,
  pythonFrames,
  sigpipeEcho,
  socat,
  type ThirdParty,
  threadingEcho,
  tinySendBuffer,
  xinetd,
} from '../src/servers-under-test/third-party.ts'
import type { Entrant } from './entrant.ts'

/** What is allowed for a right server in one run: cases of all claims, in all its protocols together, and milliseconds. */
export interface ForRight {
  readonly cases: number
  readonly timeMs: number
}

const FOR_PLANTED = { runs: 1_000, timeMs: 10_000 }
const FOR_DEEP = { runs: 20_000, timeMs: 60_000 }
/** Each case is silent for seconds, and there is one at a time. */
const FOR_IDLE = { runs: 1_000, timeMs: 60_000 }

/** What is allowed: a user's run for a planted bug, more for a deep one, and for a right server what is said here. */
export function zoo(forRight: ForRight): Entrant[] {
  const right = [asyncioEcho, threadingEcho, tinySendBuffer, pythonFrames, socat, xinetd]
  const isThere = ({ missing }: ThirdParty): boolean => missing === undefined
  return [
    ...EXPECTATIONS.map((row) => entrant(row, forRight)),
    ...[sigpipeEcho].filter(isThere).map((program) => ({ ...thirdParty(program, forRight), ...ENDED_BY_SIGPIPE })),
    ...[endsAtEmfile].filter(isThere).map((program) => ({ ...thirdParty(program, forRight), ...ENDED_BY_EMFILE })),
    ...right.filter(isThere).map((program) => thirdParty(program, forRight)),
  ]
}

/** A byte and an RST. */
const ENDED_BY_SIGPIPE: Pick<Entrant, 'kind' | 'expected' | 'budget'> = {
  kind: 'planted',
  expected: {
    property: 'any/disconnect',
    rule: 'crash',
    also: ['any/isolation', 'any/leak', 'any/burst'],
    minimum: { connections: 1, frames: 1, cuts: 0, bytes: 1 },
  },
  budget: FOR_PLANTED,
}

/** More clients at once than it has descriptors for; how many that are is its own affair. */
const ENDED_BY_EMFILE: Pick<Entrant, 'kind' | 'expected' | 'budget'> = {
  kind: 'planted',
  expected: {
    property: 'any/burst',
    rule: 'not-served',
    also: ['any/crowd', 'any/disconnect', 'any/isolation', 'any/leak'],
  },
  budget: FOR_PLANTED,
}

function entrant(
  { server, protocol, bug, also = [], sometimes = [], byDesign = [], idleMs, disturbed, deep }: Expectation,
  forRight: ForRight,
): Entrant {
  const spoken = idleMs === undefined ? protocolNamed(protocol) : { ...protocolNamed(protocol), idleMs }
  const budget = deep ? FOR_DEEP : idleMs === undefined ? FOR_PLANTED : FOR_IDLE
  // A model knows no time: a server that soon has enough of silence is given none by cases that wait for others.
  const alone = disturbed || server === 'odd/short-idle'
  // One that is given an idle time is tried by the claim that speaks of it, and by no other.
  const properties = propertiesOf(spoken).filter(
    ({ id }) => !byDesign.some(({ property }) => property === id) && (idleMs === undefined || id === bug?.property),
  )
  return {
    id: `${server} ${protocol}`,
    kind: bug === undefined ? 'correct' : deep ? 'deep' : 'planted',
    protocol: spoken,
    properties,
    open: () => openTarget(`builtin:${server}`, { protocol, transport: spoken.transport, idleMs, allowHost: [] }),
    ...(bug === undefined
      ? {}
      : {
          expected: {
            property: bug.property,
            rule: bug.rule,
            also: [...also, ...sometimes],
            ...(bug.smallest && { minimum: bug.smallest }),
          },
        }),
    budget: bug === undefined ? shared(forRight, spoken, properties, protocolsOf(server)) : budget,
    concurrency: alone ? 1 : 8,
  }
}

/** In how many protocols a right server takes part. */
function protocolsOf(server: string): number {
  return EXPECTATIONS.filter((row) => row.server === server && row.bug === undefined).length
}

/** One protocol's share of a server's cases, and of its time; as few of each claim as make so many of all of them. */
function shared(
  { cases, timeMs }: ForRight,
  protocol: Protocol,
  properties: readonly Property[],
  protocols: number,
): Entrant['budget'] {
  const all = Math.ceil(cases / protocols)
  const tried = properties.filter(({ notFor }) => notFor?.(protocol) === undefined)
  const made = (runs: number): number => tried.reduce((sum, property) => sum + casesOf(property, runs), 0)
  // So many would do if none were dearer than a plain one.
  let runs = Math.ceil(all / tried.length)
  while (made(runs) < all) runs += 1
  return { runs, timeMs: timeMs / protocols }
}

function thirdParty({ name, protocol, run }: ThirdParty, forRight: ForRight): Entrant {
  const spoken = protocolNamed(protocol)
  const properties = propertiesOf(spoken)
  return {
    id: `${name} ${protocol}`,
    kind: 'correct',
    protocol: spoken,
    properties,
    open: async () => {
      const address = { host: '127.0.0.1', port: await freePort('127.0.0.1') }
      return execTarget(name, address, { run: run(address.port), readyWithinMs: 10_000 }, monotonic)
    },
    budget: shared(forRight, spoken, properties, 1),
    concurrency: 8,
  }
}

function protocolNamed(name: string): Protocol {
  const protocol = builtInProtocols.find((each) => each.name === name)
  if (protocol === undefined) throw new Error(`no protocol is called ${name}`)
  return protocol
}
