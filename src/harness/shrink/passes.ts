// The ways in which a case can be made simpler, largest first: connections, steps (frames, awaits, faults), kinds of
// fault, cuts, bytes of one send, bytes of several, turns. A pass gives candidates of one kind; each is simpler by a
// measure that cannot shrink for ever (fewer, shorter, earlier, plainer), so that any order of accepting them comes to an
// end.

import type { Codec } from '../../codec/codec.ts'
import type { Case, Script, Step } from '../case.ts'
import { lessData, plainerData, shorterData } from './data-passes.ts'
import { joinedWithin, movedUp, offsetOf, withoutConnection, withoutSteps, withScript } from './edits.ts'
import { milderDatagrams } from './milder-datagrams.ts'
import { boldRuns, runs, smallerSizes } from './runs.ts'

/** Candidates simpler than `subject`, the boldest first. */
export type Pass = (subject: Case, codec: Codec<unknown>) => Iterable<Case>

/** In the order in which they should be tried. */
export const passes: readonly Pass[] = [
  dropConnections,
  dropSteps,
  joinSends,
  milderSteps,
  dropCuts,
  shorterData,
  lessData,
  earlierCuts,
  plainerData,
  moveUp,
  // Last: where many connections take turns, there are more of these than of anything else.
  dropTurns,
]

function* dropConnections(subject: Case): Iterable<Case> {
  const count = subject.connections.length
  for (const [from, to] of runs(count)) {
    let fewer = subject
    for (let on = to - 1; on >= from; on--) fewer = withoutConnection(fewer, on)
    if (fewer.connections.length > 0) yield fewer
  }
}

function* dropSteps(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [from, to] of runs(script.steps.length)) {
      const shorter = withoutSteps(script, from, to)
      if (shorter.steps.length > 0) yield withScript(subject, on, shorter)
    }
  }
}

function* joinSends(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const steps of joinedSends(script.steps, codec)) {
      if (steps.length < script.steps.length) yield withScript(subject, on, { ...script, steps })
    }
  }
}

/** Sends that follow each other may be one: where there are no messages, any of them; elsewhere the parts of one message. */
function* joinedSends(steps: readonly Step[], codec: Codec<unknown>): Iterable<readonly Step[]> {
  const isUnfinished = (bytes: Uint8Array): boolean => codec.decoder().push(bytes).length === 0
  if (codec.counts === 'frames') yield joinedWithin(steps, 0, steps.length, isUnfinished)
  else for (const [from, to] of boldRuns(steps.length)) yield joinedWithin(steps, from, to, () => true)
}

function* milderSteps(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [at, step] of script.steps.entries()) {
      const replace = (milder: Script['steps'][number]): Case =>
        withScript(subject, on, { ...script, steps: script.steps.map((old, index) => (index === at ? milder : old)) })
      if (step.do === 'reset') yield replace({ do: 'end' })
      if (step.do === 'send' && mayBeSilent(script))
        yield withScript(subject, on, { steps: script.steps.with(at, { do: 'pause', ms: 1 }), cuts: [] })
      if (step.do === 'pause' && step.ms > 1) yield replace({ do: 'pause', ms: Math.floor(step.ms / 2) })
      if (step.do === 'datagram') for (const milder of milderDatagrams(step)) yield replace(milder)
    }
  }
}

/**
 * What it says may not matter: it does nothing else, or it is reset next, and it took a moment to say. Then a client that is
 * connected for a moment does as well.
 */
function mayBeSilent({ steps }: Script): boolean {
  const saysOneThing = steps.filter((step) => 'bytes' in step).length === 1
  return steps.length === 1 || (saysOneThing && steps.at(-1)?.do === 'reset')
}

function* dropTurns(subject: Case): Iterable<Case> {
  for (const [from, to] of boldRuns(subject.turns.length)) {
    yield { ...subject, turns: subject.turns.filter((_, at) => at < from || at >= to) }
  }
}

function* dropCuts(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [from, to] of runs(script.cuts.length)) {
      yield withScript(subject, on, { ...script, cuts: script.cuts.filter((_, at) => at < from || at >= to) })
    }
  }
}

function* earlierCuts(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [at, cut] of script.cuts.entries()) {
      const least = (script.cuts[at - 1] ?? 0) + 1
      for (const distance of smallerSizes(cut - least)) {
        const cuts = script.cuts.map((old, index) => (index === at ? least + distance : old))
        yield withScript(subject, on, { ...script, cuts })
      }
    }
  }
}

/**
 * Of what comes in parts, with pauses between them, the first bytes left out, and the parts as long as before: bytes that go
 * from one of them alone give the others another meaning.
 */
function* moveUp(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    if (!comesInParts(script)) continue
    const total = offsetOf(script, script.steps.length)
    for (const kept of smallerSizes(total)) if (kept > 0) yield withScript(subject, on, movedUp(script, total - kept))
  }
}

function comesInParts({ steps }: Script): boolean {
  const [first, last] = [steps.findIndex(isSend), steps.findLastIndex(isSend)]
  return steps.slice(first, last).some((step) => step.do === 'pause')
}

function isSend(step: Step): boolean {
  return step.do === 'send'
}
