import type { Address } from './address.ts'
import { addressSpacesOf } from './address-space.ts'
import { type Barrier, openBarrier } from './barrier.ts'
import { monotonic } from './clock.ts'
import { openCork } from './cork.ts'
import { ClientSockets } from './datagram/client-sockets.ts'
import { NO_BARRIER } from './datagram/no-barrier.ts'
import { idleCpuOf } from './idle-cpu.ts'
import { closeWaitAt } from './kernel/sockets-at.ts'
import { memoryGrowthOf } from './memory-growth.ts'
import { openNarrowWindow } from './narrow-window.ts'
import { openPendingReset } from './pending-reset.ts'
import type { Table } from './play.ts'
import { resourcesOf } from './resources.ts'
import { type ServerProcesses, serverProcesses } from './server-processes.ts'
import type { Target } from './target/target.ts'
import { WirePool } from './wire-pool.ts'

/**
 * Starts the target and gives what plays need; ends both when `act` is over, however it ends. An interrupt abandons all
 * connections under way. Throws `TargetError` where the target cannot be had.
 */
export async function onStage<T>(
  target: Target,
  interrupted: AbortSignal,
  act: (table: Table) => Promise<T>,
): Promise<T> {
  const wires = new WirePool()
  const clients = new ClientSockets()
  const abandon = (): void => {
    wires.abandonAll('interrupted')
    clients.abandonAll('interrupted')
  }
  interrupted.addEventListener('abort', abandon)
  try {
    await target.start()
    const barrier = target.address.transport === 'udp' ? NO_BARRIER : await openBarrier()
    try {
      const [cork, hasPendingReset, window] = await Promise.all([openCork(), openPendingReset(), openNarrowWindow()])
      const processes = serverProcesses(barrier, target.address, target.pid)
      const seen = processes === undefined ? {} : visible(processes, closeWaitOf(barrier, target.address))
      return await act({
        address: target.address,
        wires,
        clients,
        barrier,
        cork,
        hasPendingReset,
        window,
        ...seen,
        ...restartable(target),
        now: monotonic,
      })
    } finally {
      barrier.close()
    }
  } finally {
    interrupted.removeEventListener('abort', abandon)
    clients.closeAll()
    await target.stop()
  }
}

function restartable(target: Target): Pick<Table, 'restart'> {
  if (target.restart === undefined) return {}
  const restart = async (): Promise<string | undefined> =>
    (await target.restart?.()) === 'gone' ? (target.trouble?.() ?? 'nobody knows why') : undefined
  return { restart }
}

type Seen = 'processes' | 'resources' | 'memoryGrowth' | 'addressSpaces' | 'idleCpu'

/** Counts what it has in CLOSE_WAIT, where it listens on this machine: elsewhere the same port is another's. */
function closeWaitOf({ sockets }: Barrier, { host, port }: Address): () => number | undefined {
  if (sockets?.listener({ address: host, port }) === undefined) return () => undefined
  return () => closeWaitAt(port, sockets)
}

function visible(processes: ServerProcesses, closeWaitNow: () => number | undefined): Pick<Table, Seen> {
  return {
    processes,
    resources: () => resourcesOf(processes, closeWaitNow),
    memoryGrowth: memoryGrowthOf(processes),
    addressSpaces: addressSpacesOf(processes),
    idleCpu: idleCpuOf(processes, monotonic),
  }
}
