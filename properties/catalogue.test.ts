import { expect, it } from 'vitest'
import { propertiesOf } from './catalogue.ts'
import { builtInProtocols } from './protocols/built-in.ts'

const all = builtInProtocols.flatMap(propertiesOf)

it('every claim says how binding it is', () => {
  expect(all.filter(({ level }) => level === undefined).map(({ id }) => id)).toEqual([])
})

it('only what no document demands is a SHOULD', () => {
  const should = all.filter(({ level }) => level === 'should').map(({ id }) => id)
  expect([...new Set(should)]).toEqual(['any/idle-cpu', 'any/hoarding', 'any/leak', 'any/crowd'])
})
