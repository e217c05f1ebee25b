import { describe, expect, it } from 'vitest'
import { rawCodec } from '../../codec/raw.ts'
import type { Case, DatagramFault, Step } from '../case.ts'
import { describeCase } from '../describe-case.ts'
import { reportFromJson, reportToJson } from '../report-json.ts'
import { sampleReport } from '../testing/sample-report.ts'
import { digest, shrink } from './shrink.ts'

const noise = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at * 37 + size) & 0xff)
const datagram = (size: number, fault?: DatagramFault): Step => ({
  do: 'datagram',
  bytes: noise(size),
  ...(fault === undefined ? {} : { fault }),
})
const start: Case = {
  connections: [
    { steps: [datagram(900, { is: 'doubled' }), { do: 'await' }, datagram(20), datagram(0)], cuts: [] },
    {
      steps: [datagram(700, { is: 'truncated', to: 600 }), datagram(5, { is: 'late', by: 3 }), { do: 'await' }],
      cuts: [],
    },
    { steps: [{ do: 'insist', bytes: noise(40), times: 16 }, datagram(3, { is: 'lost' })], cuts: [] },
  ],
  turns: [0, 1, 2, 0, 1, 2],
}
const stepsOf = ({ connections }: Case): readonly Step[] => connections.flatMap(({ steps }) => steps)

describe('a case of datagrams', () => {
  it.each<[string, (subject: Case) => boolean, string]>([
    [
      'one of 513 bytes',
      (each) => stepsOf(each).some((step) => sizeOf(step) > 512),
      'one client sends a datagram of 513 bytes',
    ],
    [
      'an empty one',
      (each) => stepsOf(each).some((step) => sizeOf(step) === 0),
      'one client sends a datagram of 0 bytes',
    ],
    [
      'one that is late',
      (each) => stepsOf(each).some((step) => faultOf(step) === 'late'),
      'one client sends a datagram of 0 bytes, which the next one overtakes',
    ],
    [
      'one that comes twice',
      (each) => stepsOf(each).some((step) => faultOf(step) === 'doubled'),
      'one client sends a datagram of 0 bytes, which comes twice',
    ],
    [
      'two clients',
      (each) => each.connections.length > 1,
      '2 clients: A sends a datagram of 0 bytes; B sends a datagram of 0 bytes',
    ],
    [
      'one who insists',
      (each) => stepsOf(each).some((step) => step.do === 'insist'),
      'one client sends a datagram of 0 bytes until it is answered',
    ],
  ])('that fails by %s shrinks to just that', async (_, fails, smallest) => {
    const { best, tries } = await shrink(
      start,
      rawCodec(),
      (each) => stepsOf(each).some((step) => 'bytes' in step),
      async (each) => fails(each),
      {
        tries: 1_000,
        over: () => false,
      },
    )
    expect(describeCase(best).replace(/ and waits for the answers$/, '')).toBe(smallest)
    expect(tries).toBeLessThan(150)
  })
  it('is written down and read back as it is', () => {
    const report = sampleReport({ case: start })
    expect(reportFromJson(reportToJson(report)).case).toEqual(start)
  })
  it('has a digest that tells every fault apart', () => {
    const faults: (DatagramFault | undefined)[] = [
      undefined,
      { is: 'lost' },
      { is: 'doubled' },
      { is: 'late', by: 1 },
      { is: 'late', by: 2 },
      { is: 'truncated', to: 1 },
      { is: 'truncated', to: 2 },
    ]
    const cases = faults.map((fault) => ({ connections: [{ steps: [datagram(3, fault)], cuts: [] }], turns: [] }))
    const insists = [2, 3].map((times) => ({
      connections: [{ steps: [{ do: 'insist' as const, bytes: noise(3), times }], cuts: [] }],
      turns: [],
    }))
    expect(new Set([...cases, ...insists].map(digest)).size).toBe(cases.length + insists.length)
  })
})

function sizeOf(step: Step): number {
  return 'bytes' in step ? step.bytes.length : -1
}

function faultOf(step: Step): string | undefined {
  return step.do === 'datagram' ? step.fault?.is : undefined
}
