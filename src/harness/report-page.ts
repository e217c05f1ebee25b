import { type Case, sentBytes } from './case.ts'
import { counted, letterOf } from './counted.ts'
import { describeCase } from './describe-case.ts'
import { codeBlock, codeSpan, runningText } from './markdown.ts'
import type { Report } from './report.ts'
import type { Confirmation } from './result.ts'
import { scriptText } from './script-text.ts'
import type { Transcript } from './transcript.ts'
import { transcriptLines } from './transcript-lines.ts'

export { describeCase }

/** A report as a Markdown page for people. `path` is the report's file, for the command that plays it again. */
export function reportPage(report: Report, path: string): string {
  const transcripts = report.transcripts.flatMap((_, play) => seen(report, play))
  const parts = [
    `# ${headline(report)}`,
    `${describeCase(report.case)}.`,
    facts(report),
    'Play it again:',
    codeBlock(replayCommand(path), 'sh'),
    '## The case',
    ...theCase(report.case),
    '## What was seen',
    ...(transcripts.length > 0 ? transcripts : ['Nothing was kept.']),
    ...server(report),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The one sentence in a page that tells what the case does, without its full stop. */
export function sentenceOf(page: string): string {
  return (page.split('\n')[2] ?? '').replace(/\.$/, '')
}

/** The command that plays a report again, ready for a shell. */
export function replayCommand(path: string): string {
  return `npx tornwire replay ${/^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*$/.test(path) ? path : quoted(path)}`
}

/** `failed again 5 of 5 times`, or in what way that is less sure. */
export function confirmationText(confirmed: Confirmation | undefined): string {
  if (confirmed === undefined) return 'not yet: the run ended while it was being shrunk or confirmed'
  const times = `${confirmed.failed} of ${counted(confirmed.tried, 'time')}`
  if (confirmed.failed < confirmed.tried) return `flaky: failed again ${times}`
  return confirmed.tried === 0 ? 'not confirmed: it was not played again' : `failed again ${times}`
}

function headline(report: Report): string {
  const words = report.rule.replaceAll('-', ' ')
  return runningText(`${words.charAt(0).toUpperCase()}${words.slice(1)} (${report.property})`)
}

function facts(report: Report): string {
  const file = report.protocolFile === undefined ? '' : ` from ${codeSpan(report.protocolFile)}`
  const idle = report.idleMs === undefined ? '' : `, idle time ${counted(report.idleMs, 'millisecond')}`
  const tool = runningText(`${report.tool.name} ${report.tool.version}`)
  return [
    `- **Claim:** ${runningText(report.claim)} (${runningText(report.source)})`,
    `- **Expected:** ${codeSpan(report.expected)}`,
    `- **Actual:** ${codeSpan(report.actual)}`,
    `- **Rule:** ${codeSpan(report.rule)} of ${codeSpan(report.property)}`,
    `- **Confirmed:** ${confirmationText(report.confirmed)}`,
    ...(report.cutShort === undefined
      ? []
      : [`- **Shrinking:** cut short (${runningText(report.cutShort)}): a smaller case may fail too`]),
    `- **Target:** ${codeSpan(report.target)}, protocol ${codeSpan(report.protocol)}${file}${idle}`,
    `- **Found with:** ${tool}, seed ${report.seed}`,
  ].join('\n')
}

function theCase(subject: Case): string[] {
  const connections = subject.connections.flatMap((script, index) => [
    `### Connection ${letterOf(index)}`,
    ...scriptText(script),
  ])
  return subject.connections.length > 1 ? [turns(subject), ...connections] : connections
}

function turns(subject: Case): string {
  const shown = subject.turns.slice(0, 60).map(letterOf).join(' ')
  const rest = subject.turns.length > 60 ? ` … ${counted(subject.turns.length - 60, 'more move')}` : ''
  const then = 'the connections finish one after another in their order'
  return subject.turns.length === 0 ? `In turn: ${then}.` : `In turn: ${shown}${rest}; then ${then}.`
}

const MOST_OUTPUT = 16_000

/** The transcript of one play, with the bytes that were sent where it is known what was played. */
function seen(report: Report, play: number): string[] {
  const alone = report.transcripts.length === 1
  const played = report.plays === undefined ? report.case : report.plays[play]
  const sentBy = (connection: number) => {
    const script = played?.connections[connection]
    return script === undefined ? undefined : sentBytes(script)
  }
  const transcript = report.transcripts[play]!
  const lines = [codeBlock(transcriptLines(transcript, sentBy).join('\n')), ...leftBehind(transcript)]
  return alone ? lines : [`### Play ${play + 1} of ${report.transcripts.length}`, ...lines]
}

function leftBehind({ observed, observedLength, unobserved }: Transcript): string[] {
  if (unobserved !== undefined) return [`What the server left behind could not be seen: ${runningText(unobserved)}.`]
  if (observed === undefined) return []
  if (observed === '') return ['The server left nothing behind.']
  const length = observedLength ?? observed.length
  const first = length > MOST_OUTPUT ? ` (the first of ${counted(length, 'character')})` : ''
  return [`What the server left behind${first}:`, codeBlock(observed.slice(0, MOST_OUTPUT))]
}

function server(report: Report): string[] {
  if (report.server === undefined) return []
  const { output, exit } = report.server
  const last = output.length > MOST_OUTPUT ? `Of ${counted(output.length, 'character')} the last:` : 'It wrote:'
  const wrote = output === '' ? ['It wrote nothing.'] : [last, codeBlock(output.slice(-MOST_OUTPUT))]
  return ['## The server', ...(exit === undefined ? [] : [`It ended: ${codeSpan(exit)}.`]), ...wrote]
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`
}
