import { describe, expect, it } from 'vitest'
import { explains, type Operation } from './files-order.ts'

const put = (how: Operation['how'], content: string, answer: Operation['answer'] = 'stored'): Operation => ({
  how,
  name: 'a.txt',
  content,
  answer,
})

describe('what stands in a file', () => {
  it.each<[string, readonly (readonly Operation[])[], string | undefined, string | undefined]>([
    ['nothing, where nobody wrote', [[]], undefined, undefined],
    ['what was there, where nobody wrote', [[], []], 'old', 'old'],
    ['one behind the other', [[put('o', 'x'), put('a', 'y')]], 'old', 'xy'],
    ['either order of two that append', [[put('a', 'x')], [put('a', 'y')]], undefined, 'yx'],
    ['one of two that overwrite', [[put('o', 'x')], [put('o', 'y')]], 'old', 'x'],
    ['the first of two that create', [[put('c', 'x')], [put('c', 'y', 'exists')]], undefined, 'x'],
    ['what was there, where all is refused', [[put('o', 'x', 'refused')]], 'old', 'old'],
    ['what was not answered, done', [[put('a', 'x', 'none')]], 'o', 'ox'],
    ['what was not answered, not done', [[put('a', 'x', 'none')]], 'o', 'o'],
  ])('can be %s', (_, writers, before, after) => expect(explains(writers, before, after)).toBe(true))

  it.each<[string, readonly (readonly Operation[])[], string | undefined, string | undefined]>([
    ['anything that nobody wrote', [[]], 'old', ''],
    ['a part of what was stored', [[put('o', 'xyz')]], 'old', 'xy'],
    ['the old content, where it was overwritten', [[put('o', 'x')]], 'old', 'old'],
    ['a mixture', [[put('o', 'xx')], [put('o', 'yy')]], undefined, 'xy'],
    ['another order than that of one writer', [[put('a', 'x'), put('a', 'y')]], undefined, 'yx'],
    ['one of two appends', [[put('a', 'x')], [put('a', 'y')]], undefined, 'x'],
    ['two that were both created', [[put('c', 'x')], [put('c', 'y')]], undefined, 'y'],
    ['created, where it was there', [[put('c', 'x')]], 'old', 'x'],
    ['told to exist, where it was not there', [[put('c', 'x', 'exists')]], undefined, undefined],
    ['written, where it was refused', [[put('o', 'x', 'refused')]], 'old', 'x'],
  ])('cannot be %s', (_, writers, before, after) => expect(explains(writers, before, after)).toBe(false))
})
