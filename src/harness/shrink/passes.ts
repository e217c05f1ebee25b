// The ways in which a case can be made simpler, largest first: connections, steps (frames, awaits, faults), kinds of
// fault, turns, cuts, bytes. A pass gives candidates of one kind; each is simpler by a measure that cannot shrink for
// ever (fewer, shorter, earlier, plainer), so that any order of accepting them comes to an end.

import type { Codec } from '../../codec/codec.ts'
import type { Case, Script } from '../case.ts'
import { withBytes, withoutConnection, withoutSteps, withScript } from './edits.ts'

/** Candidates simpler than `subject`, the boldest first. */
export type Pass = (subject: Case, codec: Codec<unknown>) => Iterable<Case>

/** In the order in which they should be tried. */
export const passes: readonly Pass[] = [
  dropConnections,
  dropSteps,
  milderSteps,
  dropTurns,
  dropCuts,
  shorterData,
  earlierCuts,
  plainerData,
]

function* dropConnections(subject: Case): Iterable<Case> {
  if (subject.connections.length < 2) return
  for (let on = subject.connections.length - 1; on >= 0; on--) yield withoutConnection(subject, on)
}

function* dropSteps(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [from, to] of runs(script.steps.length)) {
      const shorter = withoutSteps(script, from, to)
      if (shorter.steps.length > 0) yield withScript(subject, on, shorter)
    }
  }
}

function* milderSteps(subject: Case): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [at, step] of script.steps.entries()) {
      const replace = (milder: Script['steps'][number]): Case =>
        withScript(subject, on, { ...script, steps: script.steps.map((old, index) => (index === at ? milder : old)) })
      if (step.do === 'reset') yield replace({ do: 'end' })
      if (step.do === 'pause' && step.ms > 1) yield replace({ do: 'pause', ms: Math.floor(step.ms / 2) })
    }
  }
}

function* dropTurns(subject: Case): Iterable<Case> {
  for (const [from, to] of runs(subject.turns.length)) {
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

function* shorterData(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [at, step] of script.steps.entries()) {
      if (step.do !== 'send') continue
      for (const { bytes, from } of shorterBytes(codec, step.bytes)) {
        if (bytes.length > 0) yield withScript(subject, on, withBytes(script, at, bytes, from))
      }
    }
  }
}

/** The same message with less data at its end or at its beginning; cut off where it is no whole message. */
function* shorterBytes(codec: Codec<unknown>, bytes: Uint8Array): Iterable<{ bytes: Uint8Array; from: number }> {
  const { start, end, whole } = dataOf(codec, bytes)
  const data = bytes.subarray(start, end)
  const frame = (shorter: Uint8Array): Uint8Array | undefined => (whole ? shorter : codec.withData?.(bytes, shorter))
  for (const size of smallerSizes(data.length)) {
    const first = frame(data.subarray(0, size))
    if (first !== undefined) yield { bytes: first, from: start + size }
    const last = size === 0 ? undefined : frame(data.subarray(data.length - size))
    if (last !== undefined) yield { bytes: last, from: start }
  }
  if (!whole) for (const size of smallerSizes(bytes.length)) yield { bytes: bytes.subarray(0, size), from: size }
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

const PLAIN = 0x61

function* plainerData(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [at, step] of script.steps.entries()) {
      if (step.do !== 'send') continue
      const data = dataOf(codec, step.bytes)
      const old = step.bytes.subarray(data.start, data.end)
      for (const [from, to] of runs(old.length)) {
        if (old.subarray(from, to).every((byte) => byte === PLAIN)) continue
        const plain = Uint8Array.from(old).fill(PLAIN, from, to)
        const bytes = data.whole ? plain : codec.withData?.(step.bytes, plain)
        if (bytes !== undefined) yield withScript(subject, on, withBytes(script, at, bytes, bytes.length))
        if (to - from < old.length / 16) break
      }
    }
  }
}

/** Where the data lies in the bytes of one send; the `whole` of them where the codec cannot exchange data in them. */
function dataOf(codec: Codec<unknown>, bytes: Uint8Array): { start: number; end: number; whole: boolean } {
  const canExchange = codec.withData?.(bytes, new Uint8Array(0)) !== undefined
  const field = canExchange ? codec.fields(bytes).find(({ part }) => part === 'data') : undefined
  if (field !== undefined) return { start: field.start, end: field.end, whole: false }
  return { start: 0, end: canExchange ? 0 : bytes.length, whole: !canExchange }
}

/** Runs of `count` things to leave out: all, halves, quarters, …, single ones from the last. */
function* runs(count: number): Iterable<[from: number, to: number]> {
  for (let size = count; size >= 1; size = Math.floor(size / 2)) {
    for (let to = count; to > 0; to -= size) yield [Math.max(0, to - size), to]
  }
}

/** Sizes below `size` by halving the distance to it: 0, 1/2, 3/4, …, size - 1. */
function* smallerSizes(size: number): Iterable<number> {
  for (let left = size; left >= 1; left = Math.floor(left / 2)) yield size - left
}
