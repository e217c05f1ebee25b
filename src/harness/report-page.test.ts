import { expect, test } from 'vitest'
import { describeCase } from './describe-case.ts'
import { confirmationText, replayCommand, reportPage, sentenceOf } from './report-page.ts'
import { HOSTILE, UNSAFE } from './testing/hostile-text.ts'
import { HALF_CLOSE, sampleReport } from './testing/sample-report.ts'

const PATH = 'reports/any/half-close/answer-missing-01234567.json'

test('the page tells all of the sample', () => {
  expect(reportPage(sampleReport(), PATH)).toBe(`# Answer missing (any/half-close)

one connection sends 1 byte and half-closes at once.

- **Claim:** What was sent before a FIN is answered. (RFC 9293, 3.6)
- **Expected:** \`1 byte, then FIN\`
- **Actual:** \`FIN after 0 bytes\`
- **Rule:** \`answer-missing\` of \`any/half-close\`
- **Confirmed:** failed again 5 of 5 times
- **Target:** \`127.0.0.1:7000\`, protocol \`echo\`
- **Found with:** tornwire 0.1.0, seed 42

Play it again:

\`\`\`sh
npx tornwire replay ${PATH}
\`\`\`

## The case

### Connection A

1. send 1 byte [0,1)
2. end our side (FIN), go on reading
3. close

It sends 1 byte, not torn.

\`\`\`
       0  61                                                a
\`\`\`

## What was seen

\`\`\`
     +0.100 ms  A > connects from port 40000
     +0.312 ms  A > 1 byte [0,1)  61  'a'
     +0.313 ms  A > FIN with the last bytes
     +0.900 ms  A < FIN
     +1.000 ms  A > closes
           end  A = the server ended it (FIN); sent 1 byte, got 0 bytes
\`\`\`

## The server

It wrote:

\`\`\`
listening
\`\`\`
`)
})

test('the sentence about the case is found again in the page', () => {
  expect(sentenceOf(reportPage(sampleReport(), PATH))).toBe(describeCase(HALF_CLOSE))
})

/** The page without its code, as CommonMark sees it: fenced blocks first, then code spans. */
function withoutCode(page: string): string {
  const outside: string[] = []
  let fence: string | undefined
  for (const line of page.split('\n')) {
    const ticks = /^ {0,3}(`{3,})/.exec(line)?.[1]
    if (fence === undefined && ticks !== undefined) fence = ticks
    else if (fence !== undefined && ticks !== undefined && ticks.length >= fence.length && /^ *`+ *$/.test(line))
      fence = undefined
    else if (fence === undefined) outside.push(line.replace(/(?<![\\`])(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, ''))
  }
  expect(fence).toBeUndefined()
  return outside.join('\n')
}

test.each(Object.entries(HOSTILE))('%s stays text wherever it is in the page', (_, text) => {
  const changed = { claim: text, source: text, rule: text, expected: text, actual: text, target: text, property: text }
  const report = sampleReport({ ...changed, protocol: text, protocolFile: text, server: { output: text, exit: text } })
  const page = reportPage(report, PATH)
  expect(page).not.toMatch(UNSAFE)
  expect(withoutCode(page)).not.toMatch(/(?<!\\)[<>&]/)
  expect(withoutCode(page).match(/^#.*$/gm)).toHaveLength(5)
  expect(page.length).toBeLessThan(250_000)
})

test('a flaky failure, and one that is still being shrunk, say so', () => {
  expect(confirmationText({ failed: 5, tried: 5 })).toBe('failed again 5 of 5 times')
  expect(confirmationText({ failed: 2, tried: 5 })).toBe('flaky: failed again 2 of 5 times')
  expect(confirmationText({ failed: 0, tried: 0 })).toBe('not confirmed: it was not played again')
  expect(confirmationText(undefined)).toMatch(/^not yet/)
})

test('the replay command is ready for a shell, whatever the path is', () => {
  expect(replayCommand(PATH)).toBe(`npx tornwire replay ${PATH}`)
  expect(replayCommand("my reports/it's $(x).json")).toBe("npx tornwire replay 'my reports/it'\\''s $(x).json'")
})

test('cuts are marked in the bytes, and the turns of several connections are told', () => {
  const bytes = Uint8Array.of(0, 0, 0, 1, 2)
  const script = { steps: [{ do: 'send', bytes } as const, { do: 'await' } as const], cuts: [3] }
  const page = reportPage(sampleReport({ case: { connections: [script, script], turns: [0, 1, 0] } }), PATH)
  expect(page).toContain('In turn: A B A; then the connections finish one after another in their order.')
  expect(page).toContain('       0  00 00 00|01 02')
  expect(page).toContain('torn at 1 cut: 3')
  expect(page).toContain('### Connection B')
})

test('where a trial had several plays, each is shown with the bytes that it sent', () => {
  const [only] = sampleReport().transcripts
  const other = { connections: [{ steps: [{ do: 'send', bytes: Uint8Array.of(0x62) } as const], cuts: [] }], turns: [] }
  const page = reportPage(sampleReport({ transcripts: [only!, only!], plays: [HALF_CLOSE, other] }), PATH)
  expect(page).toMatch(/### Play 1 of 2\n\n[^#]*A > 1 byte \[0,1\) {2}61 {2}'a'\n/)
  expect(page).toMatch(/### Play 2 of 2\n\n[^#]*A > 1 byte \[0,1\) {2}62 {2}'b'\n/)
})

test('a case that could not be shrunk to the end says so', () => {
  const page = reportPage(sampleReport({ cutShort: '20 s' }), PATH)
  expect(page).toContain('- **Shrinking:** cut short (20 s): a smaller case may fail too\n')
  expect(reportPage(sampleReport(), PATH)).not.toContain('Shrinking')
})

test('the idle time by which it is judged is told', () => {
  const page = reportPage(sampleReport({ idleMs: 30_000 }), PATH)
  expect(page).toContain('protocol `echo`, idle time 30,000 milliseconds\n')
})

test('where each of several plays was the case itself, they are shown with its bytes', () => {
  const [only] = sampleReport().transcripts
  const page = reportPage(sampleReport({ transcripts: [only!, only!] }), PATH)
  expect(page).toMatch(/### Play 2 of 2\n\n[^#]*A > 1 byte \[0,1\) {2}61 {2}'a'\n/)
})

test('what the server left behind is shown, the first of it, or why it could not be seen', () => {
  const [only] = sampleReport().transcripts
  const pageOf = (seen: object): string => reportPage(sampleReport({ transcripts: [{ ...only!, ...seen }] }), PATH)
  expect(pageOf({ observed: 'one\ntwo\n' })).toContain('What the server left behind:\n\n```\none\ntwo\n```\n')
  expect(pageOf({ observed: '' })).toContain('The server left nothing behind.')
  const long = pageOf({ observed: 'x'.repeat(20_000), observedLength: 3_000_000 })
  expect(long).toContain(`left behind (the first of 3,000,000 characters):\n\n\`\`\`\n${'x'.repeat(16_000)}\n\`\`\``)
  expect(pageOf({ unobserved: 'no <file>' })).toContain('could not be seen: no \\<file\\>.')
  expect(pageOf({})).not.toContain('left')
})

test('of a long transcript and a long case the middle is left out and counted', () => {
  const events = Array.from({ length: 5_000 }, (_, at) => ({ at, on: 0, did: 'got-fin' }) as const)
  const [only] = sampleReport().transcripts
  const steps = Array.from({ length: 500 }, () => ({ do: 'await' }) as const)
  const long = { case: { connections: [{ steps, cuts: [] }], turns: [] }, transcripts: [{ ...only!, events }] }
  const page = reportPage(sampleReport(long), PATH)
  expect(page).toContain('… 4,600 events not shown')
  expect(page).toContain('… 440 more steps, then close')
  expect(page).toContain('+4999.000 ms')
})

test('the address space of the largest processes is told, where it was looked at', () => {
  const GIB = 1_073_741_824
  const [first] = sampleReport().transcripts
  const addressSpaces = [
    { pid: 12, size: 1.5 * GIB, peak: 2 * GIB },
    { pid: 13, size: GIB, peak: 3.25 * GIB },
  ]
  expect(reportPage(sampleReport({ transcripts: [{ ...first!, addressSpaces }] }), PATH)).toContain(
    `\n      reserved  1.00 GiB of address space by process 13, which has had 3.25 GiB at the most
      reserved  1.50 GiB of address space by process 12, which has had 2.00 GiB at the most\n`,
  )
})
