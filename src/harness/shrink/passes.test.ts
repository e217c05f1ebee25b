import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Codec } from '../../codec/codec.ts'
import { frameCodec } from '../../codec/frame.ts'
import { rawCodec } from '../../codec/raw.ts'
import type { Case } from '../case.ts'
import { arbitraryCase, problemsOf } from '../testing/arbitrary-case.ts'
import { isLess, measureOf } from '../testing/measure.ts'
import { messageKinds } from '../testing/message-kinds.ts'
import { alone, send } from '../testing/steps.ts'
import { passes } from './passes.ts'
import { digest } from './shrink.ts'

describe.each(messageKinds)('of cases of $name', ({ codec, messages }) => {
  it.each(passes.map((pass) => [pass.name, pass] as const))('%s gives valid, simpler cases', (_, pass) => {
    fc.assert(
      fc.property(arbitraryCase(messages), (subject) => {
        const [before, key] = [measureOf(subject, codec), digest(subject)]
        for (const candidate of pass(subject, codec)) {
          expect(problemsOf(candidate)).toEqual([])
          const after = measureOf(candidate, codec)
          if (!isLess(after, before)) expect.fail(`${pass.name} gave ${after} after ${before}`)
        }
        expect(digest(subject), 'the case itself stays as it was').toBe(key)
      }),
      { numRuns: 30, seed: 1 },
    )
  })
})

describe('a frame whose data is exchanged', () => {
  const codec = frameCodec() as Codec<unknown>
  const simpler = (bytes: Uint8Array): Uint8Array[] =>
    passes.flatMap((pass) => [...pass(alone([send(bytes)]), codec)]).flatMap(sent)
  const whole = codec.encode({ type: 1, data: Buffer.from('some data') })

  it('is whole in some candidates, with its checksum right', () => {
    const read = simpler(whole).map((bytes) => codec.decoder().push(bytes)[0])
    expect(read.filter((item) => item?.is === 'frame').length).toBeGreaterThan(10)
    expect(read.some((item) => item?.is === 'bad')).toBe(false)
  })
  it('keeps the wrong bits of a wrong checksum', () => {
    const wrong = Uint8Array.from(whole)
    wrong[wrong.length - 2]! ^= 0x10
    const read = simpler(wrong).map((bytes) => codec.decoder().push(bytes)[0])
    expect(read.filter((item) => item?.is === 'bad' && item.kind === 'checksum').length).toBeGreaterThan(10)
    expect(read.some((item) => item?.is === 'frame')).toBe(false)
  })
})

it('parts of a message that follow each other become one, and messages stay apart', () => {
  const codec = frameCodec() as Codec<unknown>
  const [one, other] = ['one', 'other'].map((text) => codec.encode({ type: 1, data: Buffer.from(text) }))
  if (one === undefined || other === undefined) throw new Error('two were made')
  const parts = [one.subarray(0, 3), one.subarray(3, 7), one.subarray(7)]
  const joinSends = passes.filter(({ name }) => name === 'joinSends')
  const joined = joinSends.flatMap((pass) => [...pass(alone([...parts, other].map(send), [3]), codec)])
  expect(joined.map(digest)).toEqual([digest(alone([send(one), send(other)], [3]))])
})

it('what goes wrong at the end of a piece of 64 bytes is kept there, in fewer pieces', () => {
  const codec = rawCodec() as Codec<unknown>
  const torn = Buffer.from(`${'a'.repeat(319)}é`)
  const shorter = passes
    .filter(({ name }) => name === 'shorterData')
    .flatMap((pass) => [...pass(alone([send(torn)]), codec)])
  const ends = shorter.flatMap(sent).filter((bytes) => bytes.at(-2) === 0xc3 && bytes.length % 64 === 1)
  expect(ends.map(({ length }) => length)).toEqual(expect.arrayContaining([257, 193, 65]))
})

function sent({ connections }: Case): Uint8Array[] {
  return connections.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'send' ? [step.bytes] : [])))
}
