import type { How } from './files-frames.ts'

/** One PUT to a file, and what was said to it; `none`: nothing, so that it may have been done or not. */
export interface Operation {
  readonly how: How
  readonly name: string
  readonly content: string
  readonly answer: 'stored' | 'exists' | 'refused' | 'none'
}

/**
 * Whether some order of the operations of several writers on one file, each writer's in its own order, agrees with all
 * answers and leads from `before` to `after` (`undefined`: there is no file).
 */
export function explains(
  writers: readonly (readonly Operation[])[],
  before: string | undefined,
  after: string | undefined,
): boolean {
  const seen = new Set<string>()
  const search = (left: readonly (readonly Operation[])[], now: string | undefined): boolean => {
    const key = JSON.stringify([left.map(({ length }) => length), now])
    if (seen.has(key)) return false
    seen.add(key)
    if (left.every(({ length }) => length === 0)) return now === after
    return left.some((queue, writer) => {
      const [next, ...rest] = queue
      if (next === undefined) return false
      const others = left.map((each, at) => (at === writer ? rest : each))
      return outcomes(next, now).some((content) => search(others, content))
    })
  }
  return search(writers, before)
}

/** What the file can hold after an operation that was answered so; nothing, where it cannot have been answered so. */
function outcomes({ how, content, answer }: Operation, now: string | undefined): (string | undefined)[] {
  const done = how === 'a' ? (now ?? '') + content : content
  const canBeDone = how !== 'c' || now === undefined
  if (answer === 'refused') return [now]
  if (answer === 'exists') return how === 'c' && now !== undefined ? [now] : []
  if (answer === 'stored') return canBeDone ? [done] : []
  return canBeDone ? [now, done] : [now]
}
