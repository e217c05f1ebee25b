// npm run score: tornwire against every server with a planted bug and every right one, each with a fixed budget. Writes
// reports/score.md and reports/score.json; an interrupted run writes what it has got so far.

import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { onInterrupt } from '../src/cli/interrupt.ts'
import { writeAtomically } from '../src/harness/atomic-file.ts'
import { type Attempt, attempt } from './attempt.ts'
import { type Entrant, KINDS } from './entrant.ts'
import { startLoad } from './load.ts'
import { type Conditions, page } from './page.ts'
import { openProgress } from './progress.ts'
import { releases } from './releases.ts'
import { type Entry, entryOf, type Score, scoreOf } from './tally.ts'
import { zoo } from './zoo.ts'

const HELP = `npm run score                    every server, seed 1; right ones with 20,000 cases, divided
                                 among the protocols that they speak (a night)
npm run score -- --quick         right ones with 2,000 cases, six minutes a seed at the most (half an hour in all)
npm run score -- --seeds 10 --kind planted --kind deep
                                 whether every bug is found in nine of ten seeds
Options:
  --seeds N        seeds 1 to N (1), among which the cases of a right server are divided; a bug is shrunk and confirmed
                   in the first run that finds it, and other runs end when it has failed again alone
  --shrink-all     a bug is shrunk and confirmed in every run
  --only TEXT      only servers whose name holds this; repeatable
  --kind KIND      only servers of this kind: ${KINDS.join(', ')}; repeatable
  --load           beside two processes that never rest
  --no-releases    without the releases of others, which are fetched from the npm registry
`

const { values } = parseArgs({
  allowNegative: true,
  options: {
    seeds: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    'shrink-all': { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    kind: { type: 'string', multiple: true, default: [...KINDS] },
    load: { type: 'boolean', default: false },
    releases: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(HELP)
else if (!/^[1-9]\d*$/.test(values.seeds)) {
  process.stderr.write(`score: --seeds takes a whole number from 1, not '${values.seeds}' (npm run score -- --help)\n`)
  process.exitCode = 2
} else if (values.kind.some((kind) => !KINDS.some((known) => known === kind))) {
  process.stderr.write(`score: --kind takes ${KINDS.join(', ')}, not '${values.kind}' (npm run score -- --help)\n`)
  process.exitCode = 2
} else await main(Array.from({ length: Number(values.seeds) }, (_, at) => at + 1))

async function main(seeds: readonly number[]): Promise<void> {
  const interrupt = onInterrupt(() => process.stderr.write('\nscore: interrupted; writing what there is\n'))
  const forRight = values.quick ? { cases: 2_000, timeMs: 360_000 } : { cases: 20_000, timeMs: 3_600_000 }
  const contest = zoo({ ...forRight, cases: forRight.cases / seeds.length }).filter(isWanted)
  const others = values.releases
    ? await releases(isWanted, seeds.length, interrupt.signal)
    : { entrants: [], remove: () => {} }
  const entries: Entry[] = []
  const progress = openProgress(process.stdout, contest.length + others.entrants.length)
  const endLoad = values.load ? startLoad() : () => {}
  try {
    for (const entrant of [...contest, ...others.entrants]) {
      if (interrupt.signal.aborted) break
      const attempts = await tryEach(entrant, seeds, interrupt.signal, progress.tell)
      if (interrupt.signal.aborted) break
      const entry = entryOf(entrant, attempts)
      entries.push(entry)
      progress.done(entry)
    }
  } finally {
    endLoad()
    others.remove()
    interrupt.dispose()
  }
  write(scoreOf(entries), { seeds, load: values.load })
  if (interrupt.signal.aborted) process.exitCode = 130
}

async function tryEach(
  entrant: Entrant,
  seeds: readonly number[],
  interrupted: AbortSignal,
  tell: (text: string) => void,
): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (const seed of seeds) {
    if (interrupted.aborted) break
    tell(`${entrant.id}, seed ${seed}`)
    const shrinks = values['shrink-all'] || !attempts.some(({ verdict }) => verdict === 'found')
    attempts.push(await attempt(entrant, seed, shrinks, interrupted))
  }
  return attempts
}

function isWanted({ id, kind }: Pick<Entrant, 'id' | 'kind'>): boolean {
  return values.kind.includes(kind) && (values.only.length === 0 || values.only.some((text) => id.includes(text)))
}

function write(score: Score, conditions: Conditions): void {
  const text = page(score, conditions)
  mkdirSync('reports', { recursive: true })
  writeAtomically('reports/score.json', `${JSON.stringify(score, undefined, 2)}\n`)
  writeAtomically('reports/score.md', text)
  process.stdout.write(`\n${text}\nreports/score.md, reports/score.json\n`)
}
