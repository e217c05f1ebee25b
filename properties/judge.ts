// What was due to each connection of a case, and whether it came. Every property that has a model judges through this, so
// that "the right answers" means one thing.

import type { Item } from '../src/codec/codec.ts'
import { type Case, type Script, sentBytes } from '../src/harness/case.ts'
import { answerCodec, hear } from '../src/harness/hear.ts'
import type { Failure, Verdict } from '../src/harness/property.ts'
import type { Protocol, Reply } from '../src/harness/protocol.ts'
import type { Account, Ending, Transcript } from '../src/harness/transcript.ts'
import { endsItself, waitsForAll } from './scripts.ts'

/** What came back on one connection, against what was due. `undefined` where nothing is wrong. */
export type Fault = Omit<Failure, 'is' | 'rule'>

/** How much of what is due must have come when the script is over. */
export type Extent =
  /** Everything that the script waited for: an await, or reading to the end after its FIN. */
  | 'awaited'
  /** Whatever has come must be right; nothing need have come. */
  | 'prefix'

/** Judges the answers of one connection against the model. Ends are judged by `judgeEnd`. */
export function judgeAnswers<F>(script: Script, account: Account, protocol: Protocol<F>): Fault | undefined {
  const model = protocol.model
  if (model === undefined) return undefined
  const bytes = sentBytes(script)
  const full = model(hear(protocol.codec, bytes, has(script, 'end')))
  const needed = neededReply(script, protocol, full)
  const came = hear(answerCodec(protocol), account.received, false)
  return compare(protocol, full, needed, came.frames, came.bad, account)
}

/** The reply that the script waited for: due at its last await, or at its end when it reads to the end. */
function neededReply<F>(script: Script, protocol: Protocol<F>, full: Reply<F>): Reply<F> | undefined {
  if (waitsForAll(script)) return full
  if (has(script, 'reset')) return awaitedReply(script, protocol)
  return has(script, 'end') ? full : awaitedReply(script, protocol)
}

function awaitedReply<F>(script: Script, protocol: Protocol<F>): Reply<F> | undefined {
  const last = script.steps.findLastIndex((step) => step.do === 'await')
  if (last === -1) return undefined
  const until = { steps: script.steps.slice(0, last), cuts: [] }
  return protocol.model?.(hear(protocol.codec, sentBytes(until), has(until, 'end')))
}

function compare<F>(
  protocol: Protocol<F>,
  full: Reply<F>,
  needed: Reply<F> | undefined,
  came: readonly F[],
  bad: Extract<Item<F>, { is: 'bad' }> | { kind: string; detail: string } | undefined,
  account: Account,
): Fault | undefined {
  if (answerCodec(protocol).counts === 'bytes') return compareBytes(protocol, full, needed, account)
  const accepts = protocol.accepts ?? sameEncoding(protocol)
  for (const [at, answer] of came.entries()) {
    const expected = full.answers[at]
    if (expected === undefined) {
      if (full.unspecified) break
      return { expected: `nothing after answer ${at}`, actual: `one answer more: ${show(protocol, answer)}` }
    }
    if (!accepts(expected, answer)) {
      return { expected: `answer ${at + 1} is ${show(protocol, expected)}`, actual: show(protocol, answer) }
    }
  }
  if (bad !== undefined && !(full.unspecified && came.length >= full.answers.length)) {
    return {
      expected: `answer ${came.length + 1} is ${full.answers[came.length] === undefined ? 'not due' : show(protocol, full.answers[came.length] as F)}`,
      actual: `bytes that are no answer: ${bad.detail}`,
    }
  }
  const missing = (needed?.answers.length ?? 0) - came.length
  if (missing <= 0 || account.gaveUp !== undefined) return undefined
  return {
    expected: `${count(needed?.answers.length ?? 0, 'answer')}`,
    actual: `${count(came.length, 'answer')}, then ${inWords(account.ending)}`,
  }
}

function compareBytes<F>(
  protocol: Protocol<F>,
  full: Reply<F>,
  needed: Reply<F> | undefined,
  account: Account,
): Fault | undefined {
  const codec = answerCodec(protocol)
  const join = (answers: readonly F[]): Buffer => Buffer.concat(answers.map((answer) => codec.encode(answer)))
  const due = join(full.answers)
  const came = Buffer.from(account.received.buffer, account.received.byteOffset, account.received.length)
  const common = Math.min(due.length, came.length)
  if (!due.subarray(0, common).equals(came.subarray(0, common))) {
    const at = due.findIndex((byte, index) => byte !== came[index])
    return { expected: `byte ${at} is ${excerpt(due, at)}`, actual: excerpt(came, at) }
  }
  if (came.length > due.length && !full.unspecified) {
    return {
      expected: `${count(due.length, 'byte')}`,
      actual: `${count(came.length, 'byte')}: ${excerpt(came, due.length)} too much`,
    }
  }
  const least = needed === undefined ? 0 : join(needed.answers).length
  if (came.length >= least || account.gaveUp !== undefined) return undefined
  return {
    expected: `${count(least, 'byte')} of answers`,
    actual: `${count(came.length, 'byte')}, then ${inWords(account.ending)}`,
  }
}

/** Judges how the server ended a connection on which it had to end (or must not have ended). */
export function judgeEnd<F>(script: Script, account: Account, protocol: Protocol<F>): Fault | undefined {
  const reply = protocol.model?.(hear(protocol.codec, sentBytes(script), has(script, 'end')))
  const due = reply?.end ?? (has(script, 'end') ? 'fin' : 'either')
  if (account.gaveUp !== undefined || has(script, 'reset')) return undefined
  if (due === 'fin' && account.ending !== 'fin') {
    return { expected: 'then FIN from the server', actual: inWords(account.ending) }
  }
  if (due === 'open' && (account.ending === 'fin' || account.ending === 'reset')) {
    return { expected: 'the connection stays open', actual: inWords(account.ending) }
  }
  return undefined
}

/**
 * Judges every connection of a case: its answers under rule `answersRule`, and, where `endRule` is given, how the server
 * ended those on which the client has ended its side and reads to the end.
 */
export function judgeEach<F>(
  subject: Case | undefined,
  transcript: Transcript | undefined,
  protocol: Protocol<F>,
  answersRule: string,
  endRule?: string,
): Verdict {
  if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
  const trouble = ownTrouble(transcript.connections)
  for (const [on, script] of subject.connections.entries()) {
    const account = transcript.connections[on] as Account
    const wrong = judgeAnswers(script, account, protocol)
    if (wrong) return { is: 'fail', rule: answersRule, ...wrong }
    const ending = endRule === undefined || !endsItself(script) ? undefined : judgeEnd(script, account, protocol)
    if (ending) return { is: 'fail', rule: endRule as string, ...ending }
  }
  return trouble === undefined ? { is: 'pass' } : { is: 'inconclusive', why: trouble }
}

/** Why nothing can be said about these connections, if so: we gave up for a reason of our own. */
export function ownTrouble(accounts: readonly Account[]): string | undefined {
  return accounts.find(({ gaveUp }) => gaveUp !== undefined)?.gaveUp
}

/** An ending in words. */
export function inWords(ending: Ending): string {
  return {
    fin: 'FIN (the server ended its side)',
    reset: 'RST (the server aborted the connection)',
    refused: 'the connection was refused',
    open: 'nothing more while the connection was open',
    timeout: 'silence until the deadline',
    'gave-up': 'we gave up',
  }[ending]
}

export function has(script: Pick<Script, 'steps'>, what: Script['steps'][number]['do']): boolean {
  return script.steps.some((step) => step.do === what)
}

function sameEncoding<F>(protocol: Protocol<F>): (expected: F, actual: F) => boolean {
  const codec = answerCodec(protocol)
  return (expected, actual) => Buffer.compare(codec.encode(expected), codec.encode(actual)) === 0
}

function show<F>(protocol: Protocol<F>, frame: F): string {
  if (protocol.show !== undefined) return protocol.show(frame)
  return excerpt(answerCodec(protocol).encode(frame), 0)
}

function excerpt(bytes: Uint8Array, at: number): string {
  const piece = Buffer.from(bytes.subarray(at, at + 12))
  return `${piece.toString('hex')}${bytes.length > at + 12 ? '…' : ''}`
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n === 0 ? 'no' : n} ${noun}s`
}
