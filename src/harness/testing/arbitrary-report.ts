import fc from 'fast-check'
import type { Case, Script, Step } from '../case.ts'
import type { Report } from '../report.ts'
import type { Account, Event, Transcript } from '../transcript.ts'
import { sampleReport } from './sample-report.ts'

const bytes = fc.uint8Array({ maxLength: 40 })
const text = fc.string({ unit: 'binary', maxLength: 20 })
const count = fc.nat({ max: 1000 })
const at = fc.double({ min: 0, max: 1e6, noNaN: true }).map((ms) => ms + 0)

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('send' as const), bytes }),
  fc.record({ do: fc.constantFrom('await' as const, 'end' as const, 'reset' as const) }),
  fc.record({ do: fc.constantFrom('stop-reading' as const, 'read-on' as const) }),
  fc.record({ do: fc.constant('pause' as const), ms: count }),
)

const script: fc.Arbitrary<Script> = fc.array(step, { maxLength: 8 }).chain((steps) => {
  const total = steps.reduce((sum, one) => sum + (one.do === 'send' ? one.bytes.length : 0), 0)
  const offsets = Array.from({ length: total }, (_, index) => index + 1)
  return fc.record({ steps: fc.constant(steps), cuts: fc.subarray(offsets) })
})

/** Cases of all shapes that the type allows, with at least one connection. */
export const anyCase: fc.Arbitrary<Case> = fc
  .array(script, { minLength: 1, maxLength: 5 })
  .chain((connections) =>
    fc.record({ connections: fc.constant(connections), turns: fc.array(fc.nat({ max: connections.length - 1 })) }),
  )

const account: fc.Arbitrary<Account> = fc.record(
  {
    sent: count,
    ended: fc.boolean(),
    received: bytes,
    ending: fc.constantFrom('fin', 'reset', 'refused', 'open', 'timeout', 'gave-up'),
    gaveUp: text,
    cuts: fc.record({ requested: count, proven: count }),
  },
  { requiredKeys: ['sent', 'ended', 'received', 'ending', 'cuts'] },
)

function events(connections: number): fc.Arbitrary<Event> {
  const on = fc.nat({ max: connections - 1 })
  const span = fc.tuple(count, count).map(([from, length]) => ({ from, to: from + length }))
  return fc.oneof(
    fc.record({ at, on, did: fc.constant('connected' as const), port: count }),
    fc.tuple(at, on, span).map(([at, on, span]): Event => ({ at, on, did: 'sent', ...span })),
    fc.tuple(at, on, span).map(([at, on, span]): Event => ({ at, on, did: 'received', ...span })),
    fc.record({
      at,
      on,
      did: fc.constant('cut' as const),
      offset: count,
      proof: fc.constantFrom('proven', 'unproven'),
    }),
    fc.record({ at, on, did: fc.constant('sent-fin' as const), withData: fc.boolean() }),
    fc.record({ at, on, did: fc.constantFrom('sent-rst' as const, 'got-fin' as const, 'closed' as const) }),
    fc.record({ at, on, did: fc.constant('paused' as const), ms: count }),
    fc.record({ at, on, did: fc.constantFrom('stopped-reading' as const, 'read-on' as const) }),
    fc.record(
      { at, on, did: fc.constant('piled-up' as const), read: count, written: count, grown: count },
      { requiredKeys: ['at', 'on', 'did', 'read', 'written'] },
    ),
    fc.record({ at, on, did: fc.constantFrom('got-rst' as const, 'refused' as const), code: text }),
    fc.record({ at, on, did: fc.constant('waited' as const), for: text, ms: count, why: text }),
  )
}

const transcript: fc.Arbitrary<Transcript> = fc.array(account, { minLength: 1, maxLength: 4 }).chain((connections) =>
  fc.record(
    {
      connections: fc.constant(connections),
      events: fc.array(events(connections.length)),
      addressSpaces: fc.array(fc.record({ pid: count, size: count, peak: count }), { maxLength: 3 }),
      restarted: fc.record({ up: fc.boolean(), trouble: text }, { requiredKeys: ['up'] }),
      observed: text,
      observedLength: count,
      unobserved: text,
    },
    { requiredKeys: ['connections', 'events'] },
  ),
)

/** Whole reports with text of any characters, lone surrogates too, in every place. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record(
    {
      target: text,
      protocol: text,
      protocolFile: text,
      idleMs: fc.integer({ min: 100, max: 240_000 }),
      property: text,
      claim: text,
      source: text,
      rule: text,
      expected: text,
      actual: text,
      confirmed: fc.record({ failed: count, tried: count }),
      seed: fc.integer(),
      case: anyCase,
      cutShort: text,
      plays: fc.array(anyCase, { maxLength: 2 }),
      transcripts: fc.array(transcript, { maxLength: 3 }),
      server: fc.record({ output: text, exit: text }, { requiredKeys: ['output'] }),
    },
    { requiredKeys: ['case', 'transcripts', 'property', 'rule'] },
  )
  .map((changed) => {
    const { confirmed, server, ...sample } = sampleReport()
    // A clone, as the records that fast-check makes may have no prototype, and read JSON has one.
    return structuredClone({ ...sample, ...changed })
  })
