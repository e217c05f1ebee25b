import { manyLines, oneLine } from './escape.ts'

/** Any text as a Markdown code span: nothing in it is read as markup. */
export function codeSpan(text: string): string {
  const line = oneLine(text)
  if (line === '') return '(empty)'
  const fence = '`'.repeat(longestTicks(line) + 1)
  const pad = /^[` ]|[` ]$/.test(line) ? ' ' : ''
  return fence + pad + line + pad + fence
}

/** Any text as a fenced block. */
export function codeBlock(text: string, language = ''): string {
  const lines = manyLines(text).replace(/\n$/, '')
  const fence = '`'.repeat(Math.max(3, longestTicks(lines) + 1))
  return `${fence}${language}\n${lines}\n${fence}`
}

/** Any text as running text on one line, its Markdown and HTML marks escaped. */
export function runningText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>&|~#]/g, (mark) => `\\${mark}`)
}

function longestTicks(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)
}
