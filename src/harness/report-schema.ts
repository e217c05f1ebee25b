import * as z from 'zod'
import type { Case, Script } from './case.ts'
import { counted } from './counted.ts'
import { LEAST_IDLE_MS, LONGEST_IDLE_MS } from './protocol.ts'

// The report as JSON, in the order of `report.ts`, `case.ts` and `transcript.ts`. Bytes are hex there, two digits each.

const HEX = /^(?:[0-9a-fA-F]{2})*$/

const bytes = z
  .string()
  .superRefine((hex, context) => {
    const message = wrongHex(hex)
    if (message !== undefined) context.addIssue(message)
  })
  .meta({ pattern: HEX.source, description: 'Bytes as hexadecimal digits, two for each byte, without spaces.' })
  .transform((hex) => new Uint8Array(Buffer.from(hex, 'hex')))

/** A report from elsewhere must not make us send for ever, nor wait. */
const MOST_TIMES = 1_000
const LONGEST_PAUSE_MS = 600_000

const count = z.int().min(0)
const milliseconds = z.number().min(0)

const fault = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('lost') }),
  z.strictObject({ is: z.literal('doubled') }),
  z.strictObject({ is: z.literal('late'), by: z.int().min(1) }),
  z.strictObject({ is: z.literal('truncated'), to: count }),
])

const step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('send'), bytes }),
  z.strictObject({ do: z.literal('await') }),
  z.strictObject({ do: z.literal('pause'), ms: milliseconds.max(LONGEST_PAUSE_MS) }),
  z.strictObject({ do: z.literal('stop-reading') }),
  z.strictObject({ do: z.literal('read-on') }),
  z.strictObject({ do: z.literal('end') }),
  z.strictObject({ do: z.literal('reset') }),
  z.strictObject({ do: z.literal('datagram'), bytes, fault: z.exactOptional(fault) }),
  z.strictObject({ do: z.literal('insist'), bytes, times: z.int().min(1).max(MOST_TIMES) }),
])

const script = z.strictObject({ steps: z.array(step), cuts: z.array(z.int()) }).superRefine((checked, context) => {
  for (const issue of cutIssues(checked)) context.addIssue({ ...issue })
})

const subject = z
  .strictObject({ connections: z.array(script).min(1), turns: z.array(z.int()) })
  .superRefine((checked, context) => {
    for (const issue of turnIssues(checked)) context.addIssue({ ...issue })
  })

const on = { at: z.number(), on: count }
const span = { ...on, from: count, to: count }

const event = z.discriminatedUnion('did', [
  z.strictObject({ ...on, did: z.literal('connected'), port: count }),
  z.strictObject({ ...span, did: z.literal('sent') }),
  z.strictObject({ ...on, did: z.literal('cut'), offset: count, proof: z.enum(['proven', 'unproven']) }),
  z.strictObject({ ...span, did: z.literal('received') }),
  z.strictObject({ ...on, did: z.literal('sent-fin'), withData: z.boolean() }),
  z.strictObject({ ...on, did: z.literal('sent-rst') }),
  z.strictObject({ ...on, did: z.literal('paused'), ms: z.number() }),
  z.strictObject({ ...on, did: z.literal('stopped-reading') }),
  z.strictObject({ ...on, did: z.literal('read-on') }),
  z.strictObject({ ...on, did: z.literal('piled-up'), read: count, written: count, grown: z.exactOptional(count) }),
  z.strictObject({ ...on, did: z.literal('got-fin') }),
  z.strictObject({ ...on, did: z.literal('got-rst'), code: z.string() }),
  z.strictObject({ ...on, did: z.literal('refused'), code: z.string() }),
  z.strictObject({ ...on, did: z.literal('waited'), for: z.string(), ms: z.number(), why: z.string() }),
  z.strictObject({ ...on, did: z.literal('closed') }),
])

const account = z.strictObject({
  sent: count,
  ended: z.boolean(),
  received: bytes,
  receivedLength: z.exactOptional(count),
  ending: z.enum(['fin', 'reset', 'refused', 'open', 'timeout', 'gave-up']),
  gaveUp: z.exactOptional(z.string()),
  cuts: z.strictObject({ requested: count, proven: count }),
})

const held = z.exactOptional(count)
const resources = z.strictObject({
  closeWait: held,
  descriptors: held,
  threads: held,
  processes: held,
  anonymousBytes: held,
})
const share = z.number().min(0)
const addressSpace = z.strictObject({ pid: count, size: count, peak: count })

const transcript = z.strictObject({
  connections: z.array(account),
  events: z.array(event),
  resources: z.exactOptional(resources),
  heldBefore: z.exactOptional(resources),
  addressSpaces: z.exactOptional(z.array(addressSpace)),
  cpu: z.exactOptional(z.strictObject({ least: share, before: share, after: share })),
  restarted: z.exactOptional(z.strictObject({ up: z.boolean(), trouble: z.exactOptional(z.string()) })),
  observed: z.exactOptional(z.string()),
  observedLength: z.exactOptional(count),
  unobserved: z.exactOptional(z.string()),
})

/** The JSON of a report; its output is a `Report`, with every byte string decoded and every offset checked. */
export const reportSchema = z
  .strictObject({
    tornwire: z.literal(1),
    tool: z.strictObject({ name: z.string(), version: z.string() }),
    target: z.string(),
    protocol: z.string(),
    protocolFile: z.exactOptional(z.string()),
    idleMs: z.exactOptional(z.int().min(LEAST_IDLE_MS).max(LONGEST_IDLE_MS)),
    property: z.string(),
    claim: z.string(),
    source: z.string(),
    rule: z.string(),
    expected: z.string(),
    actual: z.string(),
    confirmed: z.exactOptional(z.strictObject({ failed: count, tried: count })),
    seed: z.int(),
    case: subject,
    cutShort: z.exactOptional(z.string()),
    plays: z.exactOptional(z.array(subject)),
    transcripts: z.array(transcript),
    server: z.exactOptional(z.strictObject({ output: z.string(), exit: z.exactOptional(z.string()) })),
  })
  .meta({
    title: 'tornwire report, format 1',
    description: 'A failing case: all that is needed to play it again and to understand it.',
  })

interface FieldIssue {
  readonly code: 'custom'
  readonly message: string
  readonly path: [string, number]
}

function wrongHex(text: string): string | undefined {
  if (/[^0-9a-fA-F]/.test(text)) return 'must be hexadecimal digits only (0-9, a-f)'
  if (text.length % 2 === 1) return `must hold two hexadecimal digits for each byte, and holds ${text.length} in all`
  return undefined
}

function cutIssues(checked: Script): FieldIssue[] {
  const total = checked.steps.reduce((sum, step) => sum + ('bytes' in step ? step.bytes.length : 0), 0)
  const issues: FieldIssue[] = []
  for (const [index, cut] of checked.cuts.entries()) {
    const before = checked.cuts[index - 1] ?? 0
    const path: [string, number] = ['cuts', index]
    if (cut < 1 || cut > total) {
      const allowed = total === 0 ? 'there can be none' : `allowed is 1 to ${total}`
      issues.push({ code: 'custom', path, message: `${allowed}, as this connection sends ${counted(total, 'byte')}` })
    } else if (cut <= before) {
      issues.push({ code: 'custom', path, message: `must be greater than the cut before it, ${before}: cuts ascend` })
    }
  }
  return issues
}

function turnIssues(checked: Case): FieldIssue[] {
  const count = checked.connections.length
  const message = `names no connection: there ${count === 1 ? 'is' : 'are'} ${counted(count, 'connection')}, counted from 0`
  const wrong = [...checked.turns.entries()].filter(([, turn]) => turn < 0 || turn >= count)
  return wrong.map(([index]) => ({ code: 'custom', path: ['turns', index], message }))
}
