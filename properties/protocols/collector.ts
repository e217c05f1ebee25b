// The collector protocol (src/servers-under-test/protocols/collector.md) as the harness knows it. Shares the framing of
// lines with the reference server, and nothing else.

import type { Random } from 'fast-check'
import type { Codec } from '../../src/codec/codec.ts'
import { type Line, linesCodec } from '../../src/codec/lines.ts'
import { oneIn, pick } from '../../src/harness/chance.ts'
import { pickSize } from '../../src/harness/generate/sizes.ts'
import type { Heard, Protocol, Reply } from '../../src/harness/protocol.ts'
import { appendedTo } from './appended.ts'
import { stored } from './collector-stored.ts'
import { drawn } from './drawn.ts'
import { isMeasurement, TIME_SIZE } from './measurement.ts'
import { makePayload, makeText } from './payload.ts'
import { servedFile } from './served.ts'

const LIMIT = 1_024

const lines = linesCodec({ limit: LIMIT })

/** Shrinking leaves the time as it is: what is left of one is no time. */
const codec: Codec<Line> = {
  ...lines,
  fields: (bytes) =>
    lines.fields(bytes).flatMap((field) => {
      if (field.part !== 'data' || !hasTime(bytes)) return [field]
      return [
        { part: 'header', start: 0, end: TIME_SIZE },
        { part: 'data', start: TIME_SIZE, end: field.end },
      ]
    }),
  withData: (bytes, data) =>
    hasTime(bytes) ? lines.withData?.(bytes, Buffer.concat([bytes.subarray(0, TIME_SIZE), data])) : undefined,
}

/** Sensors send `TIME METRIC VALUE`; each line is stored in a file and acknowledged, or refused with an error line. */
export function collectorIn(dir?: string): Protocol<Line> {
  return {
    name: 'collector',
    about: 'measurements, a line each, stored in a file and then acknowledged',
    codec,
    answerCodec: linesCodec(),
    frames: drawn((chance) => line(measurement(chance), chance)),
    bad: [
      { kind: 'syntax', about: 'a line that is no measurement', bytes: drawn((chance) => noMeasurement(chance)) },
      { kind: 'too-long', about: 'a line over the limit', bytes: drawn((chance) => tooLong(chance)) },
    ],
    model: reply,
    accepts: (expected, actual) => verdictOf(expected) === verdictOf(actual),
    show: ({ text }) => JSON.stringify(Buffer.from(text.subarray(0, 80)).toString()),
    properties: [stored],
    observe: () => appendedTo(servedFile('collected.log', dir)),
  }
}

function hasTime(bytes: Uint8Array): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z $/.test(Buffer.from(bytes.subarray(0, TIME_SIZE)).toString('latin1'))
}

function reply({ frames, bad, ended }: Heard<Line>): Reply<Line> {
  const answers = frames.map(({ text }, at) => answer(isMeasurement(text) ? `ok ${at + 1}` : `error ${at + 1} syntax`))
  if (bad === undefined) return { answers, end: ended ? 'fin' : 'open' }
  const kind = bad.kind === 'oversize' ? 'too-long' : 'cut-off'
  return { answers: [...answers, answer(`error ${frames.length + 1} ${kind}`)], end: 'fin' }
}

function answer(text: string): Line {
  return { text: Buffer.from(text), ending: '\n' }
}

/** `ok N`, or `error N KIND`; what stands behind is for people. */
function verdictOf({ text }: Line): string {
  return /^(?:ok \d+$|error \d+ [a-z-]+)/.exec(Buffer.from(text).toString())?.[0] ?? ''
}

function line(text: string, chance: Random): Line {
  return { text: Buffer.from(text), ending: oneIn(chance, 4) ? '\r\n' : '\n' }
}

/** Milliseconds of the years 2000 to 2099. */
const [FROM, TO] = [Date.UTC(2000, 0), Date.UTC(2100, 0) - 1]

function measurement(chance: Random): string {
  const time = new Date(FROM + Math.floor((TO - FROM) * (chance.nextInt(0, 0x7fff_ffff) / 0x7fff_ffff))).toISOString()
  const value = valueText(chance)
  const most = LIMIT - TIME_SIZE - 1 - value.length
  const metric = makeText(chance, Math.max(1, pickSize(chance, most))).replaceAll(' ', '_')
  return `${time} ${metric} ${value}`
}

function valueText(chance: Random): string {
  const sign = oneIn(chance, 4) ? '-' : ''
  const fraction = oneIn(chance, 2) ? `.${chance.nextInt(0, 999)}` : ''
  const exponent = oneIn(chance, 8) ? `${pick(chance, ['e', 'E'])}${pick(chance, ['', '+', '-'])}7` : ''
  return `${sign}${chance.nextInt(0, 99_999)}${fraction}${exponent}`
}

function noMeasurement(chance: Random): Uint8Array {
  const [good, size] = [measurement(chance), chance.nextInt(0, 40)]
  const spoilt = pick(chance, [
    good.replace('T', ' '),
    good.replace(/-\d\dT/, '-32T'),
    good.replace('Z', '+01:00'),
    good.replace(/ (\S+)$/, ' x$1'),
    good.replace(/ \S+$/, ''),
    good.replace(' ', '  '),
    `${good} `,
    `\u0000${good}`,
  ])
  // Text that no UTF-8 decoder takes is none either.
  const noise = makePayload(chance, size).map((byte) => (byte === 0x0a || byte === 0x0d ? 0x2e : byte))
  const text = oneIn(chance, 3) ? Buffer.concat([noise, Buffer.of(0xff)]) : Buffer.from(spoilt)
  return codec.encode({ text: text.subarray(0, LIMIT), ending: '\n' })
}

/** More bytes than a line may have, with an ending far behind, just behind, or none. */
function tooLong(chance: Random): Uint8Array {
  const text = Buffer.alloc(LIMIT + pick(chance, [2, 2, 3, 700, 70_000]), measurement(chance))
  return oneIn(chance, 2) ? text : Buffer.concat([text, Buffer.from('\n')])
}
