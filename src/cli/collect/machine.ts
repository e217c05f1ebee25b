import { cpus, freemem, hostname, loadavg, totalmem } from 'node:os'

/** How this machine is, as it is measured. */
export interface Reading {
  readonly host: string
  /** Seconds that all processors together have spent, since the machine was started. */
  readonly cpu: { readonly user: number; readonly system: number; readonly idle: number }
  /** Bytes. */
  readonly memory: { readonly used: number; readonly total: number }
  /** Processes running or ready to run, a mean over a minute; 0 where the system has none (Windows). */
  readonly load: number
}

export function readMachine(): Reading {
  const seconds = (kind: 'user' | 'sys' | 'idle'): number =>
    cpus().reduce((sum, { times }) => sum + times[kind], 0) / 1_000
  return {
    host: hostname(),
    cpu: { user: seconds('user'), system: seconds('sys'), idle: seconds('idle') },
    memory: { used: totalmem() - freemem(), total: totalmem() },
    load: loadavg()[0] ?? 0,
  }
}

/** The lines of the collector protocol, without ending, that tell a reading. */
export function measurements(at: Date, { host, cpu, memory, load }: Reading): string[] {
  const name = host.replace(/[\0-\x20\x7f]/g, '_').slice(0, 200) || 'localhost'
  const values: Readonly<Record<string, number>> = {
    'cpu.user_s': cpu.user,
    'cpu.system_s': cpu.system,
    'cpu.idle_s': cpu.idle,
    'memory.used_bytes': memory.used,
    'memory.total_bytes': memory.total,
    'load.1m': load,
  }
  return Object.entries(values).map(([metric, value]) => `${at.toISOString()} ${name}.${metric} ${value}`)
}
