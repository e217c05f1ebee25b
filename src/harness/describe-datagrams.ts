import { type Case, caseSize, type Script, type Step } from './case.ts'
import { counted, letterOf, listed } from './counted.ts'

/** What a case of datagrams does, in one sentence without a full stop. Long ones are summed up. */
export function describeDatagrams(subject: Case): string {
  const { connections, frames, bytes } = caseSize(subject)
  const scripts = subject.connections.map((script) => listed(phrasesOf(script)))
  const turns = new Set(subject.turns).size > 1 ? ', taking turns' : ''
  if (connections === 1 && (scripts[0] ?? '').length <= MOST) return `one client ${scripts[0]}`
  const all = scripts.map((script, on) => `${letterOf(on)} ${script}`).join('; ')
  if (all.length <= MOST) return `${connections} clients${turns}: ${all}`
  return `${counted(connections, 'client')} ${connections === 1 ? 'sends' : 'send'} ${counted(frames, 'datagram')} (${counted(bytes, 'byte')})${turns}`
}

const MOST = 300

/** What is done to a datagram, in a word or two, to follow it: `of 9 bytes, which is lost`. */
export function describeFault(step: Step): string {
  const fault = step.do === 'datagram' ? step.fault : undefined
  if (fault === undefined) return ''
  if (fault.is === 'lost') return ', which is lost'
  if (fault.is === 'doubled') return ', which comes twice'
  if (fault.is === 'late') return `, which the next ${fault.by === 1 ? 'one overtakes' : `${fault.by} overtake`}`
  return `, of which ${counted(fault.to, 'byte')} arrive`
}

function phrasesOf({ steps }: Script): string[] {
  return steps.map((step) => {
    if (step.do === 'await') return 'waits for the answers'
    if (step.do === 'pause') return `pauses ${step.ms} ms`
    if (!('bytes' in step)) return 'does nothing'
    const what = `a datagram of ${counted(step.bytes.length, 'byte')}`
    return step.do === 'insist' ? `sends ${what} until it is answered` : `sends ${what}${describeFault(step)}`
  })
}
