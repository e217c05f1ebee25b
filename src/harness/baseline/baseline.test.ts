import { describe, expect, it } from 'vitest'
import { parseBaseline } from './baseline.ts'

const IDS = ['any/answers', 'any/half-close']
const TODAY = '2026-11-30'

const excuse = { property: 'any/half-close', reason: 'bug 12', expires: '2027-01-31' }
const parsed = (value: unknown) => parseBaseline(JSON.stringify(value), 'b.json', TODAY, IDS)
const mistakesIn = (...excuses: unknown[]) => {
  const result = parsed({ excuses })
  return result.ok ? [] : result.mistakes
}

describe('a mistake in a baseline is told by field and value:', () => {
  const { reason: _, ...unreasoned } = excuse
  it.each([
    [
      { ...excuse, property: 'any/half-closed' },
      /^excuses\.0\.property must be a property that there is \(it is "any\/half-closed"\): any\/answers, /,
    ],
    [unreasoned, /^excuses\.0\.reason is missing: it must be some text$/],
    [{ ...excuse, reason: ' ' }, /^excuses\.0\.reason must be some text \(it is " "\)$/],
    [{ ...excuse, rule: 5 }, /^excuses\.0\.rule must be some text \(it is 5\)$/],
    [
      { ...excuse, expires: '31.1.2027' },
      /^excuses\.0\.expires must be a day that there is, such as 2027-01-31 \(it is "31\.1\.2027"\)$/,
    ],
    [{ ...excuse, expires: '2027-02-29' }, /^excuses\.0\.expires must be a day that there is/],
    [{ ...excuse, expires: 20270131 }, /^excuses\.0\.expires must be a day that there is.* \(it is 20270131\)$/],
    [{ ...excuse, until: 'x' }, /^excuses\.0 has no field 'until'; there are: property, rule, reason, expires$/],
    [
      'any/half-close',
      /^excuses\.0 must be an object with fields property, rule, reason, expires \(it is "any\/half-close"\)$/,
    ],
  ])('%j', (given, message) => {
    expect(mistakesIn(given)).toEqual([expect.stringMatching(message)])
  })

  it('a file that is no object, has another field, or no list', () => {
    expect(parsed([])).toMatchObject({ mistakes: [expect.stringMatching(/^the file must be an object with fields/)] })
    expect(parsed({ excuses: [], excuse: 1 })).toMatchObject({
      mistakes: [expect.stringMatching(/^the file has no field 'excuse'/)],
    })
    expect(parsed({})).toMatchObject({ mistakes: [expect.stringMatching(/^excuses is missing: it must be a list/)] })
  })

  it('text that is not JSON', () => {
    const result = parseBaseline('{ "excuses": [ // none', 'b.json', TODAY, IDS)
    expect(result).toMatchObject({ mistakes: [expect.stringMatching(/^it is not JSON: /)] })
  })

  it('two excuses for one failure; one for a rule and one for all others are two', () => {
    expect(mistakesIn(excuse, { ...excuse, reason: 'again' })).toEqual([
      'excuses.1 speaks of the same failures as excuses.0: delete one of them',
    ])
    expect(mistakesIn(excuse, { ...excuse, rule: 'end' })).toEqual([])
  })
})

describe('a baseline', () => {
  it('is its excuses, each with the lines where it stands', () => {
    const text = `{
  "$schema": "a } and a ] in a text, and a \\"",
  "excuses": [
    { "property": "any/half-close", "reason": "[{", "expires": "2027-01-31" },
    {
      "property": "any/answers", "rule": "answers",
      "reason": "slow", "expires": "2028-02-29"
    }, { "property": "any/answers", "reason": "x", "expires": "2020-01-01" }]
}`
    const result = parseBaseline(text, 'b.json', TODAY, IDS)
    expect(result.ok && result.baseline).toMatchObject({ file: 'b.json', today: TODAY })
    const told = result.ok ? result.baseline.excuses.map(({ property, rule, lines }) => [property, rule, lines]) : []
    expect(told).toEqual([
      ['any/half-close', undefined, { first: 4, last: 4 }],
      ['any/answers', 'answers', { first: 5, last: 8 }],
      ['any/answers', undefined, { first: 8, last: 8 }],
    ])
  })

  it('may be empty', () => {
    expect(parsed({ excuses: [] })).toEqual({ ok: true, baseline: { file: 'b.json', today: TODAY, excuses: [] } })
  })
})
