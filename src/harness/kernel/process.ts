// What /proc tells about processes: who holds a socket, who descends from whom, and whether they do anything at all.
// Processes and threads come and go while they are read: what has vanished is left out. proc(5).

import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { readProcFile } from './proc-file.ts'

/** Processes that hold a socket. */
export interface Owners {
  readonly pids: readonly number[]
  /** Processes whose descriptors we may not read (another user's): the owner may be one of these. */
  readonly unreadable: number
}

/** CPU use and sleep of some processes at one moment, all their threads together. */
export interface QuietSample {
  /** Nanoseconds spent on a CPU since each thread began. */
  readonly onCpuNs: number
  readonly threads: number
  readonly sleeping: number
}

/** The processes that hold the socket with this inode. Reads every descriptor of every process: some milliseconds. */
export function ownersOf(inode: number): Owners {
  const wanted = `socket:[${inode}]`
  const pids: number[] = []
  let unreadable = 0
  for (const pid of allPids()) {
    const descriptors = list(`/proc/${pid}/fd`)
    if (descriptors === 'denied') unreadable += 1
    else if (descriptors.some((fd) => linkTarget(`/proc/${pid}/fd/${fd}`) === wanted)) pids.push(pid)
  }
  return { pids, unreadable }
}

/** Whether it lives; not where it has ended and is still to be waited for. */
export function isThere(pid: number): boolean {
  return startOf(pid) !== undefined
}

/**
 * When a process began, in ticks since the machine did, by which it is told from a later one, or a thread, that has its number;
 * `undefined` where there is none, or one that has ended and whose status nobody has asked for (proc(5), stat, fields 3 and 22).
 */
export function startOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name, in parentheses, may hold anything. Behind it stand fields 3 and on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : Number(fields[19])
  } catch {
    return undefined
  }
}

/** These processes and all that descend from them, as far as the parents between them still live. */
export function withDescendants(roots: readonly number[], children = childrenNow()): readonly number[] {
  const found = new Set(roots)
  // A set gives what is added while it is walked, so this walks the whole tree.
  for (const pid of found) for (const child of children(pid)) found.add(child)
  return [...found]
}

/** The processes that a process has started, also those that have ended and whose status nobody has asked for. */
type ChildrenOf = (pid: number) => readonly number[]

/**
 * As most kernels list them (CONFIG_PROC_CHILDREN), or from the parents of all processes, which takes some milliseconds. A
 * list may lack one while another is taken off it (proc(5)): who must be sure looks twice.
 */
function childrenNow(): ChildrenOf {
  return listsChildren ? listedChildren : searchedChildren()
}

const listsChildren = existsSync(`/proc/self/task/${process.pid}/children`)

/** What its threads have started, each in a list of its own. */
export function listedChildren(pid: number): number[] {
  const lists = tasksOf(pid).map((task) => {
    const children = readProcFile(`${task}/children`) ?? ''
    return children.length < LONG_LIST ? children : wholeFile(`${task}/children`)
  })
  return lists.flatMap((children) => children.split(' ').filter(Boolean).map(Number))
}

/** What all processes have started, as they are now. */
export function searchedChildren(): ChildrenOf {
  const processes = allPids().map((pid) => ({ pid, parent: parentOf(pid) }))
  return (pid) => processes.flatMap((each) => (each.parent === pid ? [each.pid] : []))
}

/** Bytes from which on a list may be longer than what was read of it. */
const LONG_LIST = 4_000

/** One sample of these processes, to be compared with a later one; `undefined` where the kernel keeps no such times. */
export function quietSample(pids: readonly number[]): QuietSample | undefined {
  let onCpuNs = 0
  let threads = 0
  let sleeping = 0
  for (const task of pids.flatMap(tasksOf)) {
    const stat = readProcFile(`${task}/stat`)
    if (stat === undefined) continue
    const times = readProcFile(`${task}/schedstat`)
    if (times === undefined && readProcFile(`${task}/stat`) === undefined) continue
    if (times === undefined) return undefined
    threads += 1
    if (ASLEEP.has(afterName(stat)[0] ?? '')) sleeping += 1
    onCpuNs += Number(times.split(' ', 1)[0])
  }
  return { onCpuNs, threads, sleeping }
}

/** Whether these processes slept all the time between the two samples. No thread at all is not quiet but dead. */
export function isQuiet(before: QuietSample, after: QuietSample): boolean {
  if (after.threads === 0 || before.threads !== after.threads) return false
  const asleep = before.sleeping === before.threads && after.sleeping === after.threads
  return asleep && before.onCpuNs === after.onCpuNs
}

/** Sleeping, idle, stopped, stopped by a tracer. Not D: a thread in the midst of disk I/O is at work. */
const ASLEEP: ReadonlySet<string> = new Set(['S', 'I', 'T', 't'])

function allPids(): number[] {
  const names = list('/proc')
  return names === 'denied' ? [] : names.filter((name) => /^\d+$/.test(name)).map(Number)
}

function tasksOf(pid: number): string[] {
  const tasks = list(`/proc/${pid}/task`)
  return tasks === 'denied' ? [] : tasks.map((task) => `/proc/${pid}/task/${task}`)
}

function parentOf(pid: number): number | undefined {
  const stat = readProcFile(`/proc/${pid}/stat`)
  return stat === undefined ? undefined : Number(afterName(stat)[1])
}

function wholeFile(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** The fields from the state on. The name before them is in brackets and may hold spaces and brackets itself. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function list(path: string): string[] | 'denied' {
  try {
    return readdirSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EACCES' || code === 'EPERM' ? 'denied' : []
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
