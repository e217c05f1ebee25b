// A server that tornwire starts, watches, restarts and ends. It runs in a process group of its own, so that what it
// started ends with it.

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Address } from '../address.ts'
import { comesToRest } from '../quiet.ts'
import { isGoingDown } from './going-down.ts'
import { killGroup, signalGroup, startGroup } from './process-group.ts'
import { reach, tryReach } from './reach.ts'
import { ServerOutput } from './server-output.ts'
import { type Target, TargetError } from './target.ts'

const ENDS_WITHIN_MS = 2_000
/** After a connection was refused: how long the exit of the process may lag behind. */
const DIES_WITHIN_MS = 500

export interface Command {
  /** Program and arguments, or one line for the shell. */
  readonly run: readonly [string, ...string[]] | string
  /** How long the server may take until it listens. */
  readonly readyWithinMs: number
}

/** A server started by `command`, listening on `address`. */
export function execTarget(name: string, address: Address, command: Command, now: () => number): Target {
  return new ExecTarget(name, address, command, now)
}

class ExecTarget implements Target {
  readonly name: string
  readonly address: Address
  readonly #command: Command
  readonly #now: () => number
  #child: ChildProcess | undefined
  #exit: string | undefined
  #trouble: string | undefined
  readonly #output = new ServerOutput()
  #readying: Promise<'up' | 'restarted' | 'gone'> | undefined

  constructor(name: string, address: Address, command: Command, now: () => number) {
    this.name = name
    this.address = address
    this.#command = command
    this.#now = now
  }

  async start(): Promise<void> {
    if ((await tryReach(this.address, 1_000, () => false)) === undefined) {
      throw new TargetError(
        `something listens on ${this.#at} already, so the server cannot be started there. Stop it, or choose another port (port 0 chooses a free one)`,
      )
    }
    await this.#launch()
  }

  ready(): Promise<'up' | 'restarted' | 'gone'> {
    // Several may ask at the same time; a dead server must be started once.
    this.#readying ??= this.#makeReady().finally(() => {
      this.#readying = undefined
    })
    return this.#readying
  }

  async #makeReady(): Promise<'up' | 'restarted' | 'gone'> {
    if (this.#exit === undefined) {
      const accepts = (await tryReach(this.address, DIES_WITHIN_MS)) === undefined
      if (accepts && !isGoingDown(this.#child?.pid ?? 0)) return 'up'
      await this.#exited(DIES_WITHIN_MS)
    }
    return this.restart()
  }

  async restart(atOnce = false): Promise<'restarted' | 'gone'> {
    try {
      await this.#end(atOnce)
      await this.#launch()
      this.#trouble = undefined
      return 'restarted'
    } catch (error) {
      this.#trouble = (error as Error).message
      return 'gone'
    }
  }

  trouble(): string | undefined {
    return this.#trouble
  }

  async died(withinMs = 0): Promise<string | undefined> {
    const pid = this.#child?.pid
    if (pid !== undefined && this.#exit === undefined) await comesToRest([pid], () => this.#exit !== undefined)
    if (withinMs > 0) await this.#exited(withinMs)
    return this.#exit
  }

  output(): string {
    return this.#output.text
  }

  forget(): void {
    this.#output.text = ''
  }

  async stop(): Promise<void> {
    await this.#end()
  }

  get #at(): string {
    return `${this.address.host}:${this.address.port}`
  }

  async #launch(): Promise<void> {
    const child = startGroup(this.#command.run)
    this.#child = child
    this.#exit = undefined
    this.#output.follow(child)
    child.once('error', (error) => {
      this.#exit ??= `could not be started: ${error.message}`
    })
    child.once('exit', (code, signal) => {
      if (this.#child === child)
        this.#exit ??= signal === null ? `exited with status ${code}` : `was ended by signal ${signal}`
    })
    const { readyWithinMs } = this.#command
    const [isOver, hasSpoken] = [() => this.#exit !== undefined, () => this.#output.text !== '']
    const problem = await reach(this.address, readyWithinMs, this.#now, isOver, hasSpoken)
    if (problem === undefined) return
    const { exit, tail } = { exit: this.#exit, tail: this.#output.lastLines() }
    await this.#end()
    const what =
      exit === undefined
        ? `did not listen on ${this.#at} within ${readyWithinMs} ms`
        : `${exit} before it listened on ${this.#at}`
    throw new TargetError(`the server ${what}.${tail === '' ? '' : ` It wrote:\n${tail}`}`)
  }

  async #exited(ms: number): Promise<void> {
    const child = this.#child
    if (child === undefined || this.#exit !== undefined) return
    const over = new AbortController()
    const exit = once(child, 'exit', { signal: over.signal }).catch(() => {})
    await Promise.race([exit, pause(ms, undefined, { signal: over.signal }).catch(() => {})])
    over.abort()
  }

  async #end(atOnce = false): Promise<void> {
    const child = this.#child
    if (child?.pid === undefined) return
    if (!atOnce) {
      signalGroup(child.pid, 'SIGTERM')
      await this.#exited(ENDS_WITHIN_MS)
    }
    // What the server itself started may outlive it: the group is ended in any case.
    killGroup(child.pid)
    await this.#exited(ENDS_WITHIN_MS)
    this.#child = undefined
  }
}
