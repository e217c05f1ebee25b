import type { ChildProcess } from 'node:child_process'
import { oneLine } from '../escape.ts'

/** What a server may write before we keep only the end of it, in characters. */
const KEPT = 65_536
const SHOWN_LINES = 5

/** What a server of ours writes, on both of its streams. */
export class ServerOutput {
  /** Since it was last forgotten. */
  text = ''

  follow({ stdout, stderr }: ChildProcess): void {
    for (const stream of [stdout, stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.text = (this.text + text).slice(-KEPT)
      })
    }
  }

  /** The last lines, safe to show, or nothing. */
  lastLines(): string {
    const lines = this.text.trimEnd().split('\n').slice(-SHOWN_LINES)
    return lines.map((line) => (line === '' ? '' : `  ${oneLine(line, 200)}`)).join('\n')
  }
}
