import { describe, expect, it } from 'vitest'
import { alone, awaitAll, end, send, stopReading } from '../src/harness/testing/steps.ts'
import { backPressure } from './back-pressure.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { echo } from './protocols/echo.ts'

const MIB = 1_048_576
const said = new Uint8Array(8 * MIB)
const subject = alone([stopReading, send(said), awaitAll])

it.each([
  ['frame', undefined],
  ['echo', undefined],
  ['lines', undefined],
  ['upper', undefined],
  ['collector', 'the answers of protocol collector are too short to fill what a kernel holds of them'],
  ['files', 'each LIST is answered with every name there is, each PUT changes the disk'],
])('protocol %s is spoken of, unless its answers are small or dear', (name, why) => {
  expect(backPressure.notFor?.(builtInProtocols.find((protocol) => protocol.name === name)!)).toBe(why)
})

describe('cases that it speaks of', () => {
  it.each([
    ['have a client that stops reading', alone([send('a'), awaitAll]), false],
    ['wait for all answers', alone([stopReading, send('a')]), false],
    ['or end their side and read to the end', alone([stopReading, send('a'), end]), true],
    ['send little', alone([stopReading, send('a'), awaitAll]), true],
    ['or much', subject, true],
    ['but not about as much as a kernel holds', alone([stopReading, send(said.subarray(0, MIB)), awaitAll]), false],
  ])('%s', (_, given, admitted) => {
    expect(backPressure.admits?.(given, echo)).toBe(admitted)
  })
})
