import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { sentBytes } from '../case.ts'
import { comesBack, type Hunting, openHunting } from '../testing/hunting.ts'
import { hunt } from './hunt.ts'
import type { Run } from './run.ts'

const EVER = Number.POSITIVE_INFINITY
const BRIEF = { idleMs: 150, drainMs: 150 }

let hunting: Hunting
afterEach(() => hunting?.close())

/** Of some first bytes it is stuck, and answers nobody until it is started again. */
const STICKS_FROM = 0xe8

/** A run against a server that such a byte leaves stuck. */
async function againstOneThatSticks(): Promise<Run & { readonly restart: () => Promise<'restarted'> }> {
  let isStuck = false
  const serve = (connection: Socket): void => {
    let first: number | undefined
    connection.on('data', (data: Buffer) => {
      first ??= data[0] ?? 0
      isStuck ||= first >= STICKS_FROM
      if (!isStuck) connection.write(data)
    })
    connection.on('end', () => connection.end())
  }
  hunting = await openHunting(serve, { concurrency: 4 })
  const restart = async (): Promise<'restarted'> => {
    isStuck = false
    return 'restarted'
  }
  return { ...hunting.run, patience: { trying: BRIEF, shrinking: BRIEF, full: BRIEF }, restart }
}

describe('a server that one case leaves stuck', () => {
  it('is blamed on that case, each time on a fresh server', async () => {
    const run = await againstOneThatSticks()
    const target = { ...run.target, restart: run.restart }
    const { report, result } = await hunt(comesBack, { ...run, target }, EVER, [])
    expect(result.failure).toMatchObject({ rule: 'lost', connections: 1, confirmed: { failed: 5, tried: 5 } })
    expect(sentBytes(report!.case.connections[0]!)[0]).toBeGreaterThanOrEqual(STICKS_FROM)
  })

  it('is blamed on all the last ones together, where it cannot be started again', async () => {
    const { report, result } = await hunt(comesBack, await againstOneThatSticks(), EVER, [])
    expect(result.failure).toMatchObject({ rule: 'no-longer-talks', confirmed: { failed: 0, tried: 0 } })
    const first = report!.case.connections.map((script) => sentBytes(script)[0] ?? 0)
    expect(first.some((byte) => byte >= STICKS_FROM)).toBe(true)
  })
})
