import { counted, letterOf } from './counted.ts'
import { hexText, oneLine } from './escape.ts'
import type { Event, Transcript } from './transcript.ts'

const MOST_EVENTS = 400
const LAST_EVENTS = 100
/** Of a server with many processes the largest are told. */
const MOST_PROCESSES = 8

/**
 * A transcript with one event a line: `+0.312 ms  A > 5 bytes [0,5)  00 00 …`. `>` is ours, `<` the server's, `|` a cut,
 * `.` a wait. `sentBy` gives the bytes that a connection sent, where they are known. Of long ones the middle is left out.
 */
export function transcriptLines(
  transcript: Transcript,
  sentBy: (connection: number) => Uint8Array | undefined = () => undefined,
): string[] {
  const { events } = transcript
  const line = (event: Event) => `${stamp(event.at)}  ${letterOf(event.on)} ${tell(event, transcript, sentBy)}`
  const ends = [
    ...transcript.connections.map((_, connection) => endLine(transcript, connection)),
    ...heldLine(transcript),
    ...reservedLines(transcript),
    ...restartedLine(transcript),
  ]
  if (events.length <= MOST_EVENTS) return [...events.map(line), ...ends]
  const left = events.length - MOST_EVENTS
  const first = events.slice(0, MOST_EVENTS - LAST_EVENTS).map(line)
  return [...first, `… ${counted(left, 'event')} not shown`, ...events.slice(-LAST_EVENTS).map(line), ...ends]
}

function heldLine({ resources, cpu }: Transcript): string[] {
  const { closeWait, descriptors, threads, processes, anonymousBytes } = resources ?? {}
  const held = [
    ...(descriptors === undefined ? [] : [counted(descriptors, 'descriptor')]),
    ...(threads === undefined ? [] : [counted(threads, 'thread')]),
    ...(processes === undefined ? [] : [counted(processes, 'process', 'processes')]),
    ...(anonymousBytes === undefined ? [] : [`${Math.round(anonymousBytes / 1_048_576)} MiB of memory`]),
    ...(closeWait ? [`${counted(closeWait, 'connection')} in CLOSE_WAIT`] : []),
  ]
  const percent = (share: number): string => `${Math.round(100 * share)} %`
  return [
    ...(held.length === 0 ? [] : [`${'held'.padStart(14)}  ${held.join(', ')} of the server`]),
    ...(cpu === undefined
      ? []
      : [`${'at rest'.padStart(14)}  ${percent(cpu.before)} of a CPU before the case, ${percent(cpu.after)} after it`]),
  ]
}

function reservedLines({ addressSpaces = [] }: Transcript): string[] {
  const largest = addressSpaces.toSorted((one, other) => other.peak - one.peak).slice(0, MOST_PROCESSES)
  const inGib = (bytes: number): string => `${(bytes / 1_073_741_824).toFixed(2)} GiB`
  return largest.map(
    ({ pid, size, peak }) =>
      `${'reserved'.padStart(14)}  ${inGib(size)} of address space by process ${pid}, which has had ${inGib(peak)} at the most`,
  )
}

function restartedLine({ restarted }: Transcript): string[] {
  if (restarted === undefined) return []
  const { up, trouble = '' } = restarted
  const outcome = up ? 'listens again' : `does not listen again: ${oneLine(trouble, 400)}`
  return [`${'restarted'.padStart(14)}  the server was ended, was started and ${outcome}`]
}

function stamp(at: number): string {
  return `+${at.toFixed(3)} ms`.padStart(14)
}

function tell(event: Event, transcript: Transcript, sentBy: (connection: number) => Uint8Array | undefined): string {
  switch (event.did) {
    case 'connected':
      return `> connects from port ${event.port}`
    case 'sent':
      return `> ${stretch(event, sentBy(event.on))}`
    case 'received':
      return `< ${stretch(event, transcript.connections[event.on]?.received)}`
    case 'cut':
      return `| cut after byte ${event.offset}: ${event.proof === 'proven' ? 'the server had read all before it' : 'unproven'}`
    case 'sent-fin':
      return event.withData ? '> FIN with the last bytes' : '> FIN'
    case 'sent-rst':
      return '> RST'
    case 'paused':
      return `. pauses ${event.ms} ms`
    case 'stopped-reading':
      return '. stops reading'
    case 'read-on':
      return '. reads on'
    case 'piled-up':
      return `. nothing moves: ${piledUp(event)}`
    case 'got-fin':
      return '< FIN'
    case 'got-rst':
      return `< RST (${oneLine(event.code, 40)})`
    case 'refused':
      return `< refused (${oneLine(event.code, 40)})`
    case 'waited':
      return `. waited ${rounded(event.ms)} ms for ${oneLine(event.for, 200)}: ${oneLine(event.why, 200)}`
    case 'closed':
      return '> closes'
  }
}

function piledUp({ read, written, grown }: Extract<Event, { did: 'piled-up' }>): string {
  const told = `the server has read ${counted(read, 'byte')} and written ${counted(written, 'byte')}`
  return grown === undefined ? told : `${told}; its memory has grown by ${counted(grown, 'byte')}`
}

/** A stretch of one direction; its bytes are shown where they are known. */
function stretch(event: { from: number; to: number }, bytes: Uint8Array | undefined): string {
  const what = `${counted(event.to - event.from, 'byte')} [${event.from},${event.to})`
  if (bytes === undefined || event.to > bytes.length || event.to === event.from) return what
  return `${what}  ${hexText(bytes.subarray(event.from, event.to))}`
}

function endLine(transcript: Transcript, connection: number): string {
  const account = transcript.connections[connection]!
  const gaveUp = account.gaveUp === undefined ? '' : `: ${oneLine(account.gaveUp, 200)}`
  const { requested, proven } = account.cuts
  const cuts = requested === 0 ? '' : `, ${proven} of ${counted(requested, 'cut')} proven`
  const moved = `sent ${counted(account.sent, 'byte')}, got ${counted(account.receivedLength ?? account.received.length, 'byte')}`
  return `${'end'.padStart(14)}  ${letterOf(connection)} = ${ENDINGS[account.ending]}${gaveUp}; ${moved}${cuts}`
}

const ENDINGS: Readonly<Record<Transcript['connections'][number]['ending'], string>> = {
  fin: 'the server ended it (FIN)',
  reset: 'the server reset it (RST)',
  refused: 'the server refused it',
  open: 'still open when we closed it',
  timeout: 'still open at the deadline',
  'gave-up': 'we gave up',
}

function rounded(ms: number): string {
  return String(Math.round(ms * 1000) / 1000)
}
