// The delivery barrier. Writing segments is not delivering them: the kernel joins what the server has not read yet. So
// after each segment the harness waits until the server has read it, which the kernel can show when the server runs on
// this machine. How well that can be known differs from machine to machine, and is told with every run.

import { setTimeout as pause } from 'node:timers/promises'
import { monotonic } from './clock.ts'
import type { FourTuple, KernelSockets, Opened } from './kernel/kernel-sockets.ts'
import type { LoadKoffi } from './kernel/libc.ts'
import { PollLoop } from './kernel/poll-loop.ts'
import { openProcNet } from './kernel/proc-net.ts'
import type { ReadTable } from './kernel/proc-table.ts'
import { selfCheck } from './kernel/self-check.ts'
import { openSockDiag } from './kernel/sock-diag.ts'
import { type Delivery, type Watch, watchSocket } from './kernel/socket-watch.ts'

export type { Delivery, Watch } from './kernel/socket-watch.ts'

export interface Barrier {
  readonly kind: 'sock_diag' | 'proc' | 'gap'
  /** What this barrier can know, and why there is no better one; for the report. */
  readonly why: string
  /** The kernel's view of sockets, for other questions; none for `gap`. */
  readonly sockets?: KernelSockets
  /** Watches one connection; `client` is our own connected `net.Socket`, or its four addresses. */
  watch(client: FourTuple): Watch
  close(): void
}

export interface BarrierOptions {
  /** The best kind to try: those better than it are passed over. */
  readonly prefer?: Barrier['kind']
  /** Measured round trip to the server in milliseconds: sets the gap where nothing can be known. Default 1. */
  readonly roundTripMs?: number
  readonly now?: () => number
  readonly loadKoffi?: LoadKoffi
  readonly readTable?: ReadTable
}

/** The best barrier that proves itself here. Never rejects: there is always the gap. */
export async function openBarrier(options: BarrierOptions = {}): Promise<Barrier> {
  const { now = monotonic, prefer = 'sock_diag' } = options
  const gapMs = gapFor(options.roundTripMs ?? 1)
  const passedOver: string[] = []
  for (const source of sources(options).slice(ORDER.indexOf(prefer))) {
    const opened = await checked(await source.open(), now)
    if ('sockets' in opened) return kernelBarrier(opened.sockets, `${source.about}${because(passedOver)}`, gapMs, now)
    passedOver.push(opened.why)
  }
  return gapBarrier(gapMs, because(passedOver))
}

const ORDER = ['sock_diag', 'proc', 'gap'] as const
const LEAST_GAP_MS = 2
const MOST_GAP_MS = 200

/** Three round trips: one for the segment, the rest for a server that is slow to wake. */
function gapFor(roundTripMs: number): number {
  return Math.min(Math.max(3 * roundTripMs, LEAST_GAP_MS), MOST_GAP_MS)
}

function sources(options: BarrierOptions): readonly { about: string; open: () => Opened | Promise<Opened> }[] {
  return [
    {
      about: 'sock_diag: after each segment the kernel shows that the server has read it',
      open: () => openSockDiag(options.loadKoffi),
    },
    {
      about: '/proc/net/tcp: after each segment the kernel shows that the server has nothing left to read',
      open: () => openProcNet(options.readTable),
    },
  ]
}

function because(passedOver: readonly string[]): string {
  return passedOver.length === 0 ? '' : ` (${passedOver.join('; ')})`
}

async function checked(opened: Opened, now: () => number): Promise<Opened> {
  if ('why' in opened) return opened
  const why = await selfCheck(opened.sockets, now)
  if (why === undefined) return opened
  opened.sockets.close()
  return { why: `${opened.sockets.kind}: ${why}` }
}

function kernelBarrier(sockets: KernelSockets, why: string, gapMs: number, now: () => number): Barrier {
  const loop = new PollLoop<Delivery>(() => sockets.refresh(), now)
  const close = () => {
    loop.close()
    sockets.close()
  }
  return {
    kind: sockets.kind,
    why,
    sockets,
    watch: (client) => watchSocket(client, { sockets, loop, now, gapMs }),
    close,
  }
}

function gapBarrier(gapMs: number, because: string): Barrier {
  const watch: Watch = {
    drained: (_sent, deadlineMs) => pause(Math.min(gapMs, deadlineMs), 'unproven'),
    state: () => undefined,
    close: () => {},
  }
  const why = `gap: a pause of ${gapMs} ms after each segment, and no proof that the server has read it${because}`
  return { kind: 'gap', why, watch: () => watch, close: () => {} }
}
