// Protocols without a model, as a user may write them, against servers that answer late, or never the same twice.

import { describe, expect, it } from 'vitest'
import { type Line, linesCodec } from '../src/codec/lines.ts'
import { acquaint } from '../src/harness/plain-talk.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { onStage } from '../src/harness/stage.ts'
import { alone, awaitAll, end, send } from '../src/harness/testing/steps.ts'
import { tryCase } from '../src/harness/trial.ts'
import { cuts } from './cuts.ts'
import { echo } from './protocols/echo.ts'
import { sanity } from './sanity.ts'
import { catalogued, complaints, hold, type ServerUnderTest, startable } from './testing/hold.ts'

const words: Protocol<Line> = {
  name: 'words',
  codec: linesCodec(),
  samples: ['a', 'bc', 'hello'].map((text): Line => ({ text: Buffer.from(text), ending: '\n' })),
}

/** A server of words in a process of its own, which does this with each `data` of a `socket`, and this when that has ended. */
function saying(name: string, heard: string, end = 'socket.end()'): ServerUnderTest {
  const source = `let said = 0
    require('net').createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {}).on('end', () => ${end})
      socket.on('data', (data) => { ${heard} })
    }).listen(Number(process.argv[1]), '127.0.0.1')`
  const run = (port: number): [string, ...string[]] => [process.execPath, '-e', source, `${port}`]
  return { name, protocol: words.name, as: words as Protocol, run }
}

const LATE_MS = 60
const later = (act: string): string => `setTimeout(() => ${act}, ${LATE_MS})`

describe.concurrent('without a model, a server', () => {
  it('that answers late is heard, and what a cut does to its answers is seen', async () => {
    // One answer for each read, and not for each line.
    const late = saying('late', later("socket.write(data.length + ';')"), later('socket.end()'))
    const target = await startable(late, '')
    const { signal: interrupted } = new AbortController()
    await onStage(target, interrupted, async (table) => {
      const protocol = words as Protocol
      const { patience } = await acquaint({ target, protocol, sanity, interrupted }, table)
      const subject = alone([send('hello\n'), awaitAll, end], [2])
      const { verdict } = await tryCase(cuts, subject, protocol, patience.trying, table)
      expect(verdict).toMatchObject({
        is: 'fail',
        rule: 'answers',
        expected: expect.stringContaining(Buffer.from('6;').toString('hex')),
        actual: expect.stringContaining(Buffer.from('2;4;').toString('hex')),
      })
    })
  })

  it('that answers late and rightly raises no false alarm', async () => {
    const { model: _, ...unmodelled } = echo
    const slow = { ...catalogued('odd/slow', 'echo'), as: unmodelled as Protocol }
    const only = ['any/cuts', 'any/half-close', 'any/disconnect', 'any/isolation']
    expect(complaints(await hold(slow, { seed: 1, runs: 5, only }))).toEqual([])
  })

  it('that never says the same twice cannot be judged by its answers, and that is told in one line', async () => {
    const counter = saying('counter', "for (const byte of data) if (byte === 10) socket.write(++said + ' so far\\n')")
    const only = ['any/cuts', 'any/half-close', 'any/isolation']
    const { verdict, properties } = await hold(counter, { seed: 1, runs: 4, only })
    expect(verdict).toBe('inconclusive')
    const why = expect.stringMatching(/^4 of 4 cases could not be judged: the server's answers differ by themselves/)
    expect(properties).toMatchObject([
      { id: 'any/cuts', verdict: 'inconclusive', why },
      { id: 'any/half-close', verdict: 'pass' },
      { id: 'any/isolation', verdict: 'inconclusive', why },
    ])
  })
})
