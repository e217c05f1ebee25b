import { readFileSync } from 'node:fs'

/** Linux, include/linux/sched.h: getting shut down. */
const PF_EXITING = 0x4

/**
 * Whether a process is on its way out, or has ended: proc(5), fields 3 and 9. Its sockets are closed one after another, so
 * that a client may see its end while its port still accepts. `false` where that cannot be known.
 */
export function isGoingDown(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name before these fields is in brackets and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' || (Number(fields[6]) & PF_EXITING) !== 0
  } catch {
    return false
  }
}
