// What a server does and holds when its clients are gone, seen from outside: each against one case that shows it, since the
// shrinking of such cases takes long.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Case } from '../src/harness/case.ts'
import { playFor } from '../src/harness/hunt/alone.ts'
import { acquaint } from '../src/harness/plain-talk.ts'
import type { Property } from '../src/harness/property.ts'
import { onStage } from '../src/harness/stage.ts'
import { alone, awaitAll, end, reset, send } from '../src/harness/testing/steps.ts'
import { idleCpu } from './idle-cpu.ts'
import { leak } from './leak.ts'
import { sanity } from './sanity.ts'
import { catalogued, protocolNamed, startable } from './testing/hold.ts'

/** The rule that this case breaks on a fresh server, played as for `rule`, or how else it is judged. */
async function ruleOf(name: string, property: Property, subject: Case, rule: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'tornwire-rest-'))
  const { signal: interrupted } = new AbortController()
  const protocol = protocolNamed('echo')
  const target = await startable(catalogued(name, 'echo'), dir)
  try {
    return await onStage(target, interrupted, async (table) => {
      const talk = { target, protocol, sanity, interrupted }
      const stage = { ...talk, table, ...(await acquaint(talk, table)) }
      const trial = await playFor(property, rule)(property, stage, subject, stage.patience.full)
      if (trial === 'gone') throw new Error(`${name} is gone`)
      return trial.verdict.is === 'fail' ? trial.verdict.rule : trial.verdict.is
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const talks = alone([send('a'), awaitAll])

describe.runIf(process.platform === 'linux')('when its clients are gone,', () => {
  it.each([
    { name: 'broken/never-ends', property: leak, subject: talks, rule: 'leaks-sockets' },
    { name: 'evented', property: idleCpu, subject: alone([reset]), rule: 'pass' },
    { name: 'broken/eof-busy-loop', property: idleCpu, subject: alone([send('a'), end]), rule: 'spins' },
  ])('$name, $property.id: $rule', async ({ name, property, subject, rule }) => {
    expect(await ruleOf(name, property, subject, rule)).toBe(rule)
  }, 60_000)
})
