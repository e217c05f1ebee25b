import type { Random } from 'fast-check'
import type { DatagramFault, Script, Step } from '../../src/harness/case.ts'
import { oneIn, pick } from '../../src/harness/chance.ts'
import { makePayload } from '../protocols/payload.ts'

/**
 * Sizes at which something goes wrong: nothing, the buffers that people choose, what one packet of Ethernet carries (1,500
 * bytes less 28 of headers), and the most that a datagram over IPv4 holds (65,535 less 28).
 */
const EDGES = [0, 1, 2, 255, 256, 511, 512, 513, 1023, 1024, 1025, 1471, 1472, 1473, 2048, 4096, 8191, 8192, 8193]
const LARGE = [9_216, 16_384, 32_767, 32_768, 65_506, 65_507]

/** Times that a datagram is sent which must be answered: of a server that loses one in three, once in 43 million. */
export const TIMES = 16

/** A number of data bytes, 0 … 65,507. */
export function pickDatagramSize(chance: Random): number {
  if (oneIn(chance, 20)) return pick(chance, LARGE)
  return oneIn(chance, 2) ? pick(chance, EDGES) : chance.nextInt(0, 64)
}

/** A datagram, one in four with a fault. */
export function makeDatagram(chance: Random): Step {
  const bytes = makePayload(chance, pickDatagramSize(chance))
  return oneIn(chance, 4)
    ? { do: 'datagram', bytes, fault: makeFault(chance, bytes.length) }
    : { do: 'datagram', bytes }
}

/** A datagram of a size that is asked for by name, sent until it is answered. */
export function makeInsisting(chance: Random): Step {
  return { do: 'insist', bytes: makePayload(chance, pickDatagramSize(chance)), times: TIMES }
}

/** Up to `most` datagrams of one client, waited for now and then, and at the end. */
export function makeClient(chance: Random, most: number): Script {
  const steps: Step[] = []
  const count = chance.nextInt(1, most)
  for (let at = 0; at < count; at++) {
    steps.push(makeDatagram(chance))
    if (oneIn(chance, 4)) steps.push({ do: 'await' })
  }
  return { steps: [...steps, { do: 'await' }], cuts: [] }
}

function makeFault(chance: Random, size: number): DatagramFault {
  const kind = pick(chance, ['lost', 'doubled', 'late', 'truncated'] as const)
  if (kind === 'late') return { is: kind, by: chance.nextInt(1, 3) }
  if (kind === 'truncated') return { is: kind, to: chance.nextInt(0, size) }
  return { is: kind }
}
