// npm run bench: the figures that the project is held to, measured on this machine. Sections one after another, each a
// Markdown table.

import { parseArgs } from 'node:util'
import { broken } from './broken.ts'
import { cuts } from './cuts.ts'
import { exploreUncut, type Load } from './explore-uncut.ts'
import { memory } from './memory.ts'
import type { Section } from './section.ts'
import { figure } from './table.ts'
import { CONVERSATIONS, throughput, WARM_UP } from './throughput.ts'
import { type CPrograms, compileC } from './yardstick.ts'

const HELP = `npm run bench                                     everything (some minutes; load nothing else meanwhile)
npm run bench -- throughput cuts broken memory    only these sections
npm run bench -- --throughput HOST:PORT           conversations/s of the whole harness against a frame server there
Options:
  --json              data in place of tables: one line of JSON, the last one on the standard output
                      (npm prints a header before it, unless it is run with --silent)
  --cases N           with --throughput: cases that are counted (20000), after 10000 that are not
  --concurrency N     with --throughput: cases in flight at once (32)
  --seed N            with --throughput: makes the same cases again (1)
`

const SECTIONS: Readonly<Record<string, (c: CPrograms | undefined) => Promise<Section>>> = {
  throughput,
  cuts,
  broken: () => broken(),
  memory,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    throughput: { type: 'string' },
    cases: { type: 'string', default: String(CONVERSATIONS) },
    concurrency: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(HELP)
else if (values.throughput !== undefined) await throughputAlone(values.throughput)
else await sections(positionals.length === 0 ? Object.keys(SECTIONS) : positionals)

async function throughputAlone(at: string): Promise<void> {
  const colon = at.lastIndexOf(':')
  const address = { host: at.slice(0, colon), port: wholeNumber('--throughput HOST:PORT', at.slice(colon + 1)) }
  const load: Load = {
    cases: wholeNumber('--cases', values.cases),
    warmUp: WARM_UP,
    concurrency: wholeNumber('--concurrency', values.concurrency),
    seed: wholeNumber('--seed', values.seed),
  }
  const measured = await exploreUncut(address, load).catch((error: Error) => fail(error.message))
  if (values.json) process.stdout.write(`${JSON.stringify(measured)}\n`)
  else process.stdout.write(`${figure(measured.conversationsPerSecond)} conversations/s against ${at}\n`)
}

async function sections(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(SECTIONS, name))
  if (unknown !== undefined) fail(`no section '${unknown}'; there are: ${Object.keys(SECTIONS).join(', ')}`)
  const c = compileC()
  const measured: Record<string, unknown> = {}
  try {
    for (const name of names) {
      const section = await (SECTIONS[name] as (typeof SECTIONS)[string])(c)
      measured[name] = section.data
      if (!values.json) process.stdout.write(`## ${section.title}\n\n${section.text}\n\n`)
    }
  } finally {
    c?.remove()
  }
  if (values.json) process.stdout.write(`${JSON.stringify(measured)}\n`)
}

function wholeNumber(name: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0
  if (value < 1) fail(`${name} takes a whole number from 1, not '${text}'`)
  return value
}

function fail(problem: string): never {
  process.stderr.write(`bench: ${problem} (npm run bench -- --help)\n`)
  process.exit(2)
}
