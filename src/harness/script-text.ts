import { isOfDatagrams, type Script, sentBytes } from './case.ts'
import { counted } from './counted.ts'
import { describeFault } from './describe-datagrams.ts'
import { hexdump } from './hexdump.ts'
import { codeBlock } from './markdown.ts'

/** What one connection does, step by step, and the bytes that it sends, as paragraphs of Markdown. */
export function scriptText(script: Script): string[] {
  return [steps(script), ...dump(script)]
}

const MOST_STEPS = 60

function steps(script: Script): string {
  let offset = 0
  const lines = script.steps.map((step) => {
    if (step.do === 'pause') return `pause ${step.ms} ms`
    if (step.do === 'stop-reading') return 'stop reading'
    if (step.do === 'read-on') return 'read on'
    if (step.do === 'await') return 'await what is due'
    if (step.do === 'end') return 'end our side (FIN), go on reading'
    if (step.do === 'reset') return 'abort (RST)'
    const from = offset
    offset += step.bytes.length
    const what = `${counted(step.bytes.length, 'byte')} [${from},${offset})`
    if (step.do === 'send') return `send ${what}`
    if (step.do === 'datagram') return `send a datagram of ${what}${describeFault(step)}`
    return `send a datagram of ${what} until it is answered, ${counted(step.times, 'time')} at the most`
  })
  const shown = lines.slice(0, MOST_STEPS).map((line, index) => `${index + 1}. ${line}`)
  const rest = lines.length - shown.length
  return [...shown, rest > 0 ? `… ${counted(rest, 'more step')}, then close` : `${lines.length + 1}. close`].join('\n')
}

function dump(script: Script): string[] {
  const bytes = sentBytes(script)
  if (bytes.length === 0) return []
  if (isOfDatagrams({ connections: [script], turns: [] }))
    return [codeBlock(hexdump(bytes, borders(script)).join('\n'))]
  const where = script.cuts.length <= 20 ? `: ${script.cuts.join(', ')}` : ''
  const cuts = script.cuts.length === 0 ? 'not torn' : `torn at ${counted(script.cuts.length, 'cut')}${where}`
  return [`It sends ${counted(bytes.length, 'byte')}, ${cuts}.`, codeBlock(hexdump(bytes, script.cuts).join('\n'))]
}

/** Where each datagram begins, but for the first. */
function borders({ steps }: Script): number[] {
  let offset = 0
  const starts: number[] = []
  for (const step of steps) {
    if (!('bytes' in step)) continue
    starts.push(offset)
    offset += step.bytes.length
  }
  return starts.slice(1)
}
