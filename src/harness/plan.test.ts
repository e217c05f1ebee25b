import { describe, expect, it } from 'vitest'
import { planCase } from './plan.ts'
import { holds } from './testing/planned.ts'
import { echoed } from './testing/small-protocols.ts'
import { alone, awaitAll, end, pause, readOn, reset, send, stopReading } from './testing/steps.ts'

describe('what leaves in one write', () => {
  holds([
    ['a single send', alone([send('abc')]), 'A write 0-3; A close'],
    ['sends that follow each other', alone([send('ab'), send('c'), send('de')]), 'A write 0-5; A close'],
    [
      'what stands before an await',
      alone([send('ab'), awaitAll, send('c')]),
      'A write 0-2; A await 2; A write 2-3; A close',
    ],
    [
      'what stands before a pause',
      alone([send('a'), pause(5), send('b')]),
      'A write 0-1; A pause 5; A write 1-2; A close',
    ],
    [
      'what stands before reading is stopped',
      alone([send('a'), stopReading, send('b')]),
      'A write 0-1; A stop-reading; A write 1-2 order; A close',
    ],
    ['a send of nothing is no write', alone([send(''), awaitAll]), 'A await 0; A close'],
  ])
})

describe('while nothing is read, each write comes to a standstill', () => {
  holds([
    [
      'until it is read on',
      alone([stopReading, send('a'), pause(5), send('b'), readOn, send('c'), awaitAll]),
      'A stop-reading; A write 0-1 order; A pause 5; A write 1-2 order; A read-on; A write 2-3; A await 3; A close',
    ],
    [
      'or until something is waited for',
      alone([stopReading, send('a'), awaitAll, send('b')]),
      'A stop-reading; A write 0-1 order; A await 1; A write 1-2; A close',
    ],
    [
      'but for the last, with which FIN leaves',
      alone([stopReading, send('a'), end]),
      'A stop-reading; A write 0-1 +fin; A read-to-end',
    ],
  ])
})

describe('cuts', () => {
  holds([
    ['inside a send', alone([send('abcde')], [2]), 'A write 0-2 cut; A write 2-5; A close'],
    ['at the boundary of two sends', alone([send('ab'), send('cd')], [2]), 'A write 0-2 cut; A write 2-4; A close'],
    [
      'so that a segment holds the end of one send and the beginning of the next',
      alone([send('abc'), send('def')], [2, 4]),
      'A write 0-2 cut; A write 2-4 cut; A write 4-6; A close',
    ],
    ['at every byte', alone([send('abc')], [1, 2, 3]), 'A write 0-1 cut; A write 1-2 cut; A write 2-3 cut; A close'],
    [
      'where an await comes anyway, counted all the same',
      alone([send('ab'), awaitAll, send('c')], [2]),
      'A write 0-2 cut; A await 2; A write 2-3; A close',
    ],
    [
      'behind an await',
      alone([send('ab'), awaitAll, send('cd')], [3]),
      'A write 0-2; A await 2; A write 2-3 cut; A write 3-4; A close',
    ],
    [
      'behind the last byte, which tears the FIN off',
      alone([send('ab'), end], [2]),
      'A write 0-2 cut; A fin; A read-to-end',
    ],
    ['behind the last byte, which tears the RST off', alone([send('ab'), reset], [2]), 'A write 0-2 cut; A rst'],
    ['behind the last byte, before a plain close', alone([send('ab')], [2]), 'A write 0-2 cut; A close'],
    ['outside the bytes are none', alone([send('ab')], [0, 3, 9]), 'A write 0-2; A close'],
  ])
})

describe('ends', () => {
  holds([
    ['a FIN rides on the last data segment', alone([send('ab'), end]), 'A write 0-2 +fin; A read-to-end'],
    ['of a torn stream too', alone([send('abc'), end], [1]), 'A write 0-1 cut; A write 1-3 +fin; A read-to-end'],
    [
      'a FIN after an await is alone',
      alone([send('ab'), awaitAll, end]),
      'A write 0-2; A await 2; A fin; A read-to-end',
    ],
    ['a FIN with nothing before it', alone([end]), 'A fin; A read-to-end'],
    [
      'an await after the end is made before reading to the end',
      alone([send('ab'), end, awaitAll]),
      'A write 0-2 +fin; A await 2; A read-to-end',
    ],
    ['a second end is none', alone([send('a'), end, end]), 'A write 0-1 +fin; A read-to-end'],
    ['an RST leaves straight behind the data', alone([send('ab'), reset]), 'A write 0-2 +rst'],
    ['an RST after an await is alone', alone([send('ab'), awaitAll, reset]), 'A write 0-2; A await 2; A rst'],
    ['an RST with nothing before it', alone([reset]), 'A rst'],
    ['an RST after a FIN', alone([send('a'), end, reset]), 'A write 0-1 +fin; A rst'],
    ['nothing comes after an RST', alone([reset, send('a'), awaitAll, end]), 'A rst'],
    [
      'what stands after the end is never sent',
      alone([send('ab'), end, send('cd')], [1, 3]),
      'A write 0-1 cut; A write 1-2 +fin; A read-to-end',
    ],
    ['a script of nothing connects and closes', alone([]), 'A close'],
    ['a case of nothing is nothing', { connections: [], turns: [] }, ''],
  ])

  it('gives the bytes that leave, and no others', () => {
    const { bytes } = planCase(alone([send('ab'), send('c'), end, send('never')]), echoed)
    expect(bytes.map((sent) => Buffer.from(sent).toString())).toEqual(['abc'])
    expect(planCase(alone([send('ab'), reset, send('never')]), echoed).bytes[0]).toHaveLength(2)
  })
})
