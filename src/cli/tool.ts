import { readFileSync } from 'node:fs'

/** This program's name and version, from its package.json, wherever it was built to. */
export const tool: { readonly name: string; readonly version: string } = readTool()

function readTool(): { name: string; version: string } {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
      if (name === 'tornwire') return { name, version }
    } catch {
      // Not here: the sources lie one folder higher than what is built of them.
    }
  }
  throw new Error('tornwire cannot find its package.json')
}
