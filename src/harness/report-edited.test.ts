import { expect, test } from 'vitest'
import { ReportError, reportFromJson, reportToJson } from './report-json.ts'
import { sampleReport } from './testing/sample-report.ts'

type Edit = (report: ReturnType<typeof JSON.parse>) => unknown
const connection = (report: ReturnType<typeof JSON.parse>) => report.case.connections[0]

test.each<[string, Edit, string]>([
  [
    'cuts that do not ascend',
    (r) => {
      connection(r).steps[0].bytes = '616263'
      connection(r).cuts = [2, 2]
    },
    'is wrong in case.connections[0].cuts[1], which holds 2: must be greater than the cut before it, 2: cuts ascend',
  ],
  [
    'a cut beyond the bytes',
    (r) => {
      connection(r).cuts = [2]
    },
    'is wrong in case.connections[0].cuts[0], which holds 2: allowed is 1 to 1, as this connection sends 1 byte',
  ],
  [
    'a cut at 0',
    (r) => {
      connection(r).cuts = [0]
    },
    'is wrong in case.connections[0].cuts[0], which holds 0: allowed is 1 to 1, as this connection sends 1 byte',
  ],
  [
    'a cut where nothing is sent',
    (r) => {
      connection(r).steps = []
      connection(r).cuts = [1]
    },
    'is wrong in case.connections[0].cuts[0], which holds 1: there can be none, as this connection sends 0 bytes',
  ],
  [
    'a turn that names no connection',
    (r) => {
      r.case.turns = [0, 1]
    },
    'is wrong in case.turns[1], which holds 1: names no connection: there is 1 connection, counted from 0',
  ],
  [
    'half a byte',
    (r) => {
      connection(r).steps[0].bytes = '616'
    },
    'is wrong in case.connections[0].steps[0].bytes, which holds "616": must hold two hexadecimal digits for each byte, and holds 3 in all',
  ],
  [
    'no hex',
    (r) => {
      connection(r).steps[0].bytes = '6\x1b'
    },
    'is wrong in case.connections[0].steps[0].bytes, which holds "6\\u001b": must be hexadecimal digits only (0-9, a-f)',
  ],
  [
    'an unknown step',
    (r) => {
      connection(r).steps[0].do = 'snd'
    },
    'is wrong in case.connections[0].steps[0].do, which holds "snd": allowed are "send", "await", "pause", "stop-reading", "read-on", "end", "reset", "datagram", "insist"',
  ],
  [
    'an unknown ending',
    (r) => {
      r.transcripts[0].connections[0].ending = 'gone'
    },
    'is wrong in transcripts[0].connections[0].ending, which holds "gone": allowed are "fin", "reset", "refused", "open", "timeout", "gave-up"',
  ],
  [
    'a wrong type',
    (r) => {
      r.seed = 'x'
    },
    'is wrong in seed, which holds "x": must be of type number',
  ],
  [
    'no connection',
    (r) => {
      r.case.connections = []
      r.case.turns = []
    },
    'is wrong in case.connections, which holds []: Too small: expected array to have >=1 items',
  ],
  [
    'a missing key',
    (r) => {
      delete r.case.turns
    },
    'lacks case.turns',
  ],
  [
    'an unknown key',
    (r) => {
      connection(r).cut = [1]
    },
    'has unknown keys in case.connections[0]: "cut"',
  ],
  [
    'two wrong fields',
    (r) => {
      delete r.rule
      delete r.seed
    },
    'lacks rule (and 1 more)',
  ],
  [
    'a newer format',
    (r) => {
      r.tornwire = 2
      delete r.case
    },
    'has report format 2, and this tornwire reads format 1: update tornwire (npm install tornwire@latest)',
  ],
  [
    'a format that is none',
    (r) => {
      r.tornwire = 'one'
    },
    'is wrong in tornwire, which holds "one": allowed are 1',
  ],
  [
    'another JSON file',
    (r) => {
      delete r.tornwire
    },
    'is not a tornwire report: it has no key "tornwire"',
  ],
])('%s: the error tells where, what is there and what is allowed', (_, edit, message) => {
  const edited = JSON.parse(reportToJson(sampleReport()))
  edit(edited)
  expect(() => reportFromJson(JSON.stringify(edited))).toThrow(new ReportError(message))
})

test.each([
  ['', 'is empty: the run that wrote it may have found no room on the disk'],
  ['{\n  "tornwire": 1,', 'is cut short: the JSON ends in the middle, at line 2, column 17'],
  ['{"tornwire": "abc', 'is cut short: the JSON ends in the middle, at line 1, column 18'],
  ['{\n"a": x}', 'is not JSON: it cannot be read from line 2, column 6'],
  ['null', 'is not a tornwire report: it has no key "tornwire"'],
  ['[1]', 'is not a tornwire report: it has no key "tornwire"'],
])('the text %j is refused: %s', (text, message) => {
  expect(() => reportFromJson(text)).toThrow(new ReportError(message))
})
