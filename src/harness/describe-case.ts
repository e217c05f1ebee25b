import { type Case, caseSize, isOfDatagrams, type Script, type Step } from './case.ts'
import { counted, letterOf, listed } from './counted.ts'
import { describeDatagrams } from './describe-datagrams.ts'

/**
 * What a case does in one sentence without a full stop: `one connection sends 1 byte and half-closes at once`.
 * Large cases are summed up. Plain words and figures only: it needs no escaping anywhere.
 */
export function describeCase(subject: Case): string {
  if (isOfDatagrams(subject)) return describeDatagrams(subject)
  const scripts = subject.connections.map(describeScript)
  const count = scripts.length
  if (count === 0) return 'no connection is made'
  const turns = new Set(subject.turns).size > 1 ? ', taking turns' : ''
  if (count === 1) return `one connection ${scripts[0]}`
  if (new Set(scripts).size === 1) return `each of ${count} connections ${scripts[0]}${turns}`
  const all = scripts.map((script, index) => `${letterOf(index)} ${script}`).join('; ')
  if (count <= 4 && all.length <= 300) return `${NUMBERS[count]} connections${turns}: ${all}`
  return `${summary(subject)}${turns}`
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four']
const MOST_PHRASES = 6

/** What one connection does, to follow its name: `sends 9 bytes torn after byte 3, waits for the answers and closes`. */
function describeScript(script: Script): string {
  const phrases = phrasesOf(script)
  return phrases.length <= MOST_PHRASES ? listed(phrases) : scriptSummary(script, phrases.at(-1) ?? '')
}

function phrasesOf(script: Script): string[] {
  const phrases: string[] = []
  let offset = 0
  for (let index = 0; index < script.steps.length; ) {
    const run = sendsFrom(script.steps, index)
    const step = script.steps[index]!
    if (run.frames > 0) phrases.push(describeSends(run, offset, script.cuts))
    else phrases.push(describeMove(step, script.steps[index - 1], script.cuts.includes(offset)))
    offset += run.bytes
    index += Math.max(1, run.frames)
  }
  const last = script.steps.findLast((step) => step.do === 'end' || step.do === 'reset')
  if (phrases.length === 0) return ['connects', 'closes without a word']
  if (last !== undefined) return phrases
  const torn = script.steps.at(-1)?.do === 'send' && script.cuts.includes(offset)
  return [...phrases, torn ? 'closes when all was read' : 'closes']
}

/** How many sends follow each other from `start`, and how many bytes they hold. */
function sendsFrom(steps: readonly Step[], start: number): { frames: number; bytes: number } {
  let frames = 0
  let bytes = 0
  for (let index = start; index < steps.length; index += 1) {
    const step = steps[index]!
    if (step.do !== 'send') break
    frames += 1
    bytes += step.bytes.length
  }
  return { frames, bytes }
}

function describeSends(run: { frames: number; bytes: number }, start: number, cuts: readonly number[]): string {
  const bytes = counted(run.bytes, 'byte')
  const what = run.frames === 1 ? bytes : `${counted(run.frames, 'frame')} (${bytes})`
  const within = cuts.filter((cut) => cut > start && cut < start + run.bytes)
  if (within.length === 0) return run.frames === 1 ? `sends ${what}` : `sends ${what} in one write`
  return `sends ${what} ${tornAt(within)}`
}

function tornAt(cuts: readonly number[]): string {
  if (cuts.length > 4) return `torn at ${counted(cuts.length, 'place')}`
  return `torn after ${cuts.length === 1 ? 'byte' : 'bytes'} ${listed(cuts.map(String))}`
}

function describeMove(step: Step, before: Step | undefined, torn: boolean): string {
  if (step.do === 'await') return 'waits for the answers'
  if (step.do === 'pause') return `pauses ${step.ms} ms`
  if (step.do === 'stop-reading') return 'stops reading'
  if (step.do === 'read-on') return 'reads on'
  const verb = step.do === 'end' ? 'half-closes' : 'resets'
  if (before?.do !== 'send') return verb
  return torn ? `${verb} when all was read` : `${verb} at once`
}

function scriptSummary(script: Script, last: string): string {
  const size = caseSize({ connections: [script], turns: [] })
  const waits = script.steps.filter((step) => step.do === 'await').length
  const pauses = script.steps.filter((step) => step.do === 'pause').length
  const between = [waits > 0 ? counted(waits, 'wait') : '', pauses > 0 ? counted(pauses, 'pause') : ''].filter(Boolean)
  const torn = script.cuts.length > 0 ? ` ${tornAt(script.cuts)}` : ''
  const rests = between.length > 0 ? ` with ${listed(between)} between` : ''
  return `sends ${counted(size.frames, 'frame')} (${counted(size.bytes, 'byte')})${torn}${rests}; at last it ${last}`
}

function summary(subject: Case): string {
  const size = caseSize(subject)
  const ending = (how: Step['do'], one: string, many: string) => {
    const those = subject.connections.filter((script) => script.steps.some((step) => step.do === how)).length
    return those === 0 ? '' : `${those} ${those === 1 ? one : many}`
  }
  const ends = [ending('end', 'half-closes', 'half-close'), ending('reset', 'resets', 'reset')].filter(Boolean)
  const torn = size.cuts > 0 ? `, torn at ${counted(size.cuts, 'place')}` : ''
  const said = `${counted(size.frames, 'frame')} (${counted(size.bytes, 'byte')}) in all`
  return `${size.connections} connections send ${said}${torn}${ends.length > 0 ? `, ${listed(ends)}` : ''}`
}
