import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseSize } from '../../src/harness/case.ts'
import { type Stage, tryAlone } from '../../src/harness/hunt/alone.ts'
import { numberedCase } from '../../src/harness/hunt/case-of.ts'
import { acquaint, plainTrouble } from '../../src/harness/plain-talk.ts'
import type { Property } from '../../src/harness/property.ts'
import { onStage } from '../../src/harness/stage.ts'
import { sanity } from '../sanity.ts'
import { chosen, protocolNamed, type ServerUnderTest, startable } from './hold.ts'

/**
 * The rule by which each of these claims fails first, by the claim's id; `undefined` where none of so many cases fails.
 * Cases are played one after another on a server that holds a plain conversation before each claim. Nothing is shrunk or confirmed,
 * and deadlines are brief: for what is expected to fail, and would cost a long one each time.
 */
export async function firstFailures(
  server: ServerUnderTest,
  ids: readonly string[],
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<Record<string, string | undefined>> {
  const scratch = mkdtempSync(join(tmpdir(), 'tornwire-hold-'))
  const dir = join(scratch, 'served')
  const protocol = server.as ?? protocolNamed(server.protocol, dir)
  const { signal: interrupted } = new AbortController()
  const target = await startable(server, dir)
  const rules: Record<string, string | undefined> = {}
  await onStage(target, interrupted, async (table) => {
    const talk = { target, protocol, sanity, interrupted }
    const stage = { ...talk, table, ...(await acquaint(talk, table)) }
    for (const property of chosen(protocol, ids)) {
      // What an earlier claim's cases have done to the server must not be laid to this one's charge.
      if ((await plainTrouble(stage)) !== undefined) await target.restart?.()
      rules[property.id] = await firstRule(property, stage, seed, runs)
    }
  }).finally(() => rmSync(scratch, { recursive: true, force: true }))
  return rules
}

async function firstRule(property: Property, stage: Stage, seed: number, runs: number): Promise<string | undefined> {
  const { idleMs, drainMs } = stage.patience.shrinking
  // How long something takes is only told when it is waited for.
  const isBrief = property.series === undefined && property.looksAt !== 'reads'
  const patience = isBrief ? { idleMs, drainMs } : stage.patience.full
  // Where there is but one case, it is one that is drawn: torn, or with something bad in it.
  const of = runs === 1 ? { id: property.id } : property
  for (let index = 0; index < runs; index++) {
    const subject = numberedCase(property.cases(stage.protocol), of, { protocol: stage.protocol, seed }, index)
    // Each cut waits for a server that reads: where it does not, every one costs a deadline. One claim is about nothing else.
    if (caseSize(subject).cuts > 2 && property.looksAt !== 'reads') continue
    const trial = await tryAlone(property, stage, subject, patience)
    if (trial !== 'gone' && trial.verdict.is === 'fail') return trial.verdict.rule
  }
  return undefined
}
