import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { rawCodec } from '../codec/raw.ts'
import { campaign } from './campaign.ts'
import type { Property } from './property.ts'
import type { Protocol } from './protocol.ts'
import { toProtocol } from './protocol-definition.ts'
import { guarded, ProtocolFault } from './protocol-fault.ts'
import { replayReport } from './replay.ts'
import { TargetError } from './target/target.ts'
import { comesBack, echoing, type Hunting, openHunting } from './testing/hunting.ts'
import { sampleReport } from './testing/sample-report.ts'
import { echoed } from './testing/small-protocols.ts'
import { alone, awaitAll, send } from './testing/steps.ts'

let hunting: Hunting
afterEach(() => hunting?.close())

const oops = (): never => {
  throw new TypeError('no such key')
}
const raw = rawCodec()
const PLAIN = 'plain'
const isPlain = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString('latin1').startsWith(PLAIN)
/** A protocol whose author did not think of everything: all is well in the plain conversation. */
const whole = {
  ...echoed,
  codec: raw,
  samples: [Buffer.from(PLAIN)],
  frames: fc.constant(Buffer.from(PLAIN)),
} as unknown as Protocol

const plain: Property = {
  ...comesBack,
  id: 'test/plain',
  cases: () => fc.constant(alone([send(PLAIN), awaitAll])),
}
const said: Property = { ...comesBack, cases: (protocol) => fc.constant(0).map(() => made(protocol)) }

function made({ codec }: Protocol) {
  return alone([send(codec.encode(Buffer.from('hello'))), awaitAll])
}

async function runOf(protocol: Protocol, properties: readonly Property[] = [said]) {
  hunting = await openHunting(echoing())
  const { run } = hunting
  const rest = { seed: 1, runs: 5, timeMs: 60_000, concurrency: 2, reportDir: run.reportDir, observer: {} }
  const shown = { details: () => ({ replay: '', page: '' }) }
  const { tool, target, interrupted } = run
  return campaign({ tool, target, protocol, properties, sanity: plain, interrupted, ...rest, ...shown })
}

describe('a function of a protocol file that throws makes the verdict inconclusive and is named:', () => {
  const badFrame = (frame: unknown): boolean => !isPlain(frame as Uint8Array)
  it.each<[string, Partial<Protocol>]>([
    ['model', { model: (heard) => (heard.frames.some(badFrame) ? oops() : echoed.model!(heard as never)) }],
    [
      'codec.encode',
      { codec: { ...raw, encode: (f: unknown) => (badFrame(f) ? oops() : raw.encode(f as never)) } as never },
    ],
    [
      'codec.decoder().push',
      {
        codec: {
          ...raw,
          decoder: () => ({
            push: (chunk: Uint8Array) => (isPlain(chunk) ? raw.decoder().push(chunk) : oops()),
            end: () => [],
          }),
        } as never,
      },
    ],
    [
      'answerCodec.decoder().push',
      {
        answerCodec: {
          ...raw,
          counts: 'frames',
          decoder: () => ({
            push: (chunk: Uint8Array) => (isPlain(chunk) ? raw.decoder().push(chunk) : oops()),
            end: () => [],
          }),
        } as never,
      },
    ],
  ])('%s', async (name, changed) => {
    const result = await runOf(toProtocol({ ...whole, ...changed }))
    expect(result.verdict).toBe('inconclusive')
    expect(result.why).toContain(`${name} of protocol echoed threw TypeError: no such key`)
    expect(result.why).not.toContain('\n')
  })
  it('a judge that asks it', async () => {
    const judged: Property = { ...said, check: (_, __, protocol) => protocol.accepts!(0, 0) as never }
    const accepts = (one: unknown): boolean => (one === 0 ? oops() : true)
    const result = await runOf(toProtocol({ ...whole, accepts }), [judged])
    expect(result.verdict).toBe('inconclusive')
    expect(result.why).toContain('accepts of protocol echoed threw TypeError: no such key')
  })
  it('a model that gives no reply', async () => {
    const model = ((heard: never) =>
      (heard as { frames: unknown[] }).frames.some(badFrame) ? undefined : echoed.model!(heard)) as never
    const result = await runOf(toProtocol({ ...whole, model }))
    expect(result.why).toContain(
      'model of protocol echoed threw TypeError: it must give { answers: […], end }, and gave undefined',
    )
  })
})

it('one that throws in the plain conversation is an error that names it', async () => {
  const result = await runOf(guarded({ ...whole, model: oops }))
  expect(result.verdict).toBe('error')
  expect(result.why).toContain('model of protocol echoed threw TypeError: no such key')
  expect(result.why).not.toContain('Does it speak')
})

it('one that throws while the plain conversation is made is an error of a replay, too', async () => {
  hunting = await openHunting(echoing())
  const protocol = guarded({ ...whole, codec: { ...raw, encode: oops } as never })
  const sanity = { ...plain, cases: said.cases }
  const { target, interrupted } = hunting.run
  const replayed = replayReport({ report: sampleReport(), property: said, protocol, target, sanity, interrupted })
  await expect(replayed).rejects.toThrow(TargetError)
  await expect(replayed).rejects.toThrow('codec.encode of protocol echoed threw TypeError: no such key')
})

it('a replay tells what cannot be seen, and is no pass', async () => {
  hunting = await openHunting(echoing())
  const { target, interrupted } = hunting.run
  const property: Property = { ...said, looksAt: 'the weather' as never }
  const replayed = await replayReport({
    report: sampleReport(),
    property,
    protocol: whole,
    target,
    sanity: plain,
    interrupted,
  })
  expect(replayed).toEqual({
    confirmation: { failed: 0, tried: 0 },
    unjudged: `${said.id} looks at what cannot be seen here: the weather`,
  })
})

it('a bug of ours is none of the protocol: it is told with its stack', async () => {
  const result = await runOf(toProtocol(whole), [{ ...said, check: oops }])
  expect(result.why).toMatch(/could not judge: TypeError: no such key\n\s+at /)
})

it('what a fault says is one line with the place', () => {
  const { model } = guarded({ ...whole, model: oops })
  expect(() => model?.({ frames: [], ended: false })).toThrow(ProtocolFault)
  expect(() => model?.({ frames: [], ended: false })).toThrow(
    /^model of protocol echoed threw .* \(at .*protocol-fault\.test\.ts:\d+:\d+\)?\)$/,
  )
})

it('frames that cannot be made are a mistake of the definition', () => {
  expect(() => toProtocol({ ...whole, frames: fc.constant(0).map(oops) })).toThrow(
    'a frame of frames cannot be made: no such key',
  )
})
