// The ways in which a case can be made simpler, largest first: connections, steps (frames, awaits, faults), kinds of
// fault, cuts, bytes, turns. A pass gives candidates of one kind; each is simpler by a measure that cannot shrink for
// ever (fewer, shorter, earlier, plainer), so that any order of accepting them comes to an end.

import type { Codec } from '../../codec/codec.ts'
import type { Case, Script } from '../case.ts'
import { lessData, plainerData, shorterData } from './data-passes.ts'
import { joinedWithin, withoutConnection, withoutSteps, withScript } from './edits.ts'
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

/** Where there are no messages, sends that follow each other may be one. */
function* joinSends(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  if (codec.counts !== 'bytes') return
  for (const [on, script] of subject.connections.entries()) {
    for (const [from, to] of boldRuns(script.steps.length)) {
      const steps = joinedWithin(script.steps, from, to)
      if (steps.length < script.steps.length) yield withScript(subject, on, { ...script, steps })
    }
  }
}

function* milderSteps(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [at, step] of script.steps.entries()) {
      const replace = (milder: Script['steps'][number]): Case =>
        withScript(subject, on, { ...script, steps: script.steps.map((old, index) => (index === at ? milder : old)) })
      if (step.do === 'reset') yield replace({ do: 'end' })
      // A client that is only connected.
      if (step.do === 'send' && script.steps.length === 1)
        yield withScript(subject, on, { steps: [{ do: 'pause', ms: 1 }], cuts: [] })
      if (step.do === 'pause' && step.ms > 1) yield replace({ do: 'pause', ms: Math.floor(step.ms / 2) })
      if (step.do === 'datagram') for (const milder of milderDatagrams(step)) yield replace(milder)
    }
  }
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
