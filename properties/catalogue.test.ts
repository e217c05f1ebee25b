import { expect, it } from 'vitest'
import { propertiesOf } from './catalogue.ts'
import { builtInProtocols } from './protocols/built-in.ts'

const all = builtInProtocols.flatMap(propertiesOf)

it('every claim says how binding it is', () => {
  expect(all.filter(({ level }) => level === undefined).map(({ id }) => id)).toEqual([])
})

it('only what no document demands of every server is a SHOULD', () => {
  const ofNone = builtInProtocols.filter(({ demands }) => demands === undefined).flatMap(propertiesOf)
  const should = ofNone.filter(({ level }) => level === 'should').map(({ id }) => id)
  expect([...new Set(should)]).toEqual([
    'any/announced',
    'any/latency',
    'any/idle-cpu',
    'any/hoarding',
    'any/leak',
    'any/forgets',
    'any/rescan',
    'any/crowd',
    'any/restart',
  ])
})

it('what the description of a protocol demands is a MUST in it, and is there', () => {
  for (const protocol of builtInProtocols) {
    const levels = new Map(propertiesOf(protocol).map(({ id, level }) => [id, level]))
    for (const id of protocol.demands ?? []) expect(levels.get(id), `${protocol.name} ${id}`).toBe('must')
  }
  const inFrames = propertiesOf(builtInProtocols.find(({ name }) => name === 'frame')!)
  const should = inFrames.filter(({ level }) => level === 'should').map(({ id }) => id)
  expect(should).toEqual(['any/latency', 'any/forgets', 'any/rescan', 'any/crowd'])
})

it('two claims are told by time alone', () => {
  const timed = builtInProtocols.flatMap(propertiesOf).filter(({ timed }) => timed)
  expect([...new Set(timed.map(({ id }) => id))]).toEqual(['any/latency', 'any/rescan'])
})
