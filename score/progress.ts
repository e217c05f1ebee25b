import type { WriteStream } from 'node:tty'
import type { Entry } from './tally.ts'

/** Shows how far the contest is: one line that changes on a terminal, a line for each server elsewhere. */
export function openProgress(out: WriteStream, total: number) {
  let count = 0
  const clear = '\r\u001b[K'
  return {
    /** What is being done. */
    tell: (text: string): void => {
      if (out.isTTY) out.write(`${clear}${count}/${total} ${text}`)
    },
    /** One server is through. */
    done: ({ id, verdict, rule, seconds, cases, ...size }: Entry): void => {
      count += 1
      const shrunk =
        size.connections === undefined ? '' : `, ${size.connections}/${size.frames}/${size.cuts}/${size.bytes}`
      const text = `${count}/${total} ${id}: ${verdict}${rule === '' ? '' : ` (${rule})`}, ${cases} cases, ${seconds} s${shrunk}\n`
      out.write(out.isTTY ? `${clear}${text}` : text)
    },
  }
}
