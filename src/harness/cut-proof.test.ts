import { expect, it } from 'vitest'
import type { Barrier, Delivery } from './barrier.ts'
import { ConnectionLog } from './connection-log.ts'
import { CutProof } from './cut-proof.ts'
import type { Event, Proof } from './transcript.ts'

const DRAIN_MS = 1_000
const wire = { flushed: true, localAddress: '127.0.0.1', localPort: 40_000 }

/** Proves so many cuts, each of which takes so many milliseconds by the barrier's clock. */
async function proofsOf(count: number, eachMs: number, delivery: Delivery, kind: Barrier['kind'] = 'sock_diag') {
  const events: Event[] = []
  let now = 0
  const drained = async (): Promise<Delivery> => {
    now += eachMs
    return delivery
  }
  const scene = {
    patience: { idleMs: DRAIN_MS, drainMs: DRAIN_MS },
    table: { barrier: { kind, watch: () => ({ drained }) }, address: { host: '127.0.0.1', port: 7_000 } },
    now: () => now,
  }
  const cuts = new CutProof(new ConnectionLog(0, events, scene.now), scene as never)
  const proofs: Proof[] = []
  while (proofs.length < count) proofs.push(await cuts.prove(wire as never, proofs.length + 1))
  return { proven: proofs.filter((proof) => proof === 'proven').length, ms: now, events }
}

it('cuts are waited for as long as each is read in time', async () => {
  expect(await proofsOf(999, 10, 'proven')).toEqual({ proven: 999, ms: 9_990, events: [] })
})
it('all of them together are waited for ten times as long as one at the most, which is told once', async () => {
  const waited = { at: 10_200, on: 0, did: 'waited', for: 'cuts', ms: 10_200, why: 'enough' }
  expect(await proofsOf(50, 300, 'proven')).toEqual({ proven: 34, ms: 10_200, events: [waited] })
})
it('none is waited for behind one that was not read in time', async () => {
  expect(await proofsOf(50, DRAIN_MS, 'unproven')).toEqual({ proven: 0, ms: DRAIN_MS, events: [] })
})
it('where nothing can be proven, a gap follows each all the same', async () => {
  expect(await proofsOf(50, 300, 'unproven', 'gap')).toEqual({ proven: 0, ms: 15_000, events: [] })
})
