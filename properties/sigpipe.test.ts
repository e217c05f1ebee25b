import { expect, it } from 'vitest'
import { sigpipeEcho } from '../src/servers-under-test/third-party.ts'
import { disconnect } from './disconnect.ts'
import { hold } from './testing/hold.ts'

const missing = sigpipeEcho.missing === undefined ? '' : ` (skipped: ${sigpipeEcho.missing})`

it.skipIf(missing !== '')(`a server that SIGPIPE ends is told of with its signal${missing}`, async () => {
  const { properties } = await hold(sigpipeEcho, { seed: 1, runs: 100, only: [disconnect.id] })
  expect(properties[0]).toMatchObject({
    verdict: 'fail',
    failure: { rule: 'crash', actual: 'the server was ended by signal SIGPIPE', connections: 1, frames: 1 },
  })
  expect(properties[0]?.failure?.confirmed.failed).toBeGreaterThan(0)
})
