import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { builtFile } from './built-file.ts'
import type { Job } from './job.ts'

/** What a server process is told while it runs. */
export interface StopMessage {
  readonly stopWithinMs: number
}

/** A server process, as the one that started it sees it. */
export class Child {
  /** Resolves when clients are served. Rejects where it ended before that. */
  readonly ready: Promise<void>
  /** Resolves when it has ended, with how it did, in words. */
  readonly ended: Promise<string>
  readonly #process: ChildProcess

  /** Starts it, within this call; `listener` is the descriptor of ours that it inherits as `job.descriptor`. */
  constructor(job: Job, listener: number) {
    const child = spawn(process.execPath, [builtFile('process-main'), JSON.stringify(job)], {
      stdio: stdioWith(job.descriptor, listener),
    })
    this.#process = child
    this.ended = once(child, 'exit').then(([code, signal]) => (signal === null ? `status ${code}` : `${signal}`))
    const failed = this.ended.then((how) => {
      throw new Error(`a server process (${job.role}) ended with ${how} before it was ready`)
    })
    // The first message says that it is ready; it sends no other.
    this.ready = Promise.race([once(child, 'message').then(() => {}), failed])
    // Whoever does not wait for it learns from `ended`.
    this.ready.catch(() => {})
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Asks it to stop within this time, and kills it when it has not ended a little later. */
  async stop(withinMs: number, graceMs: number): Promise<void> {
    const message: StopMessage = { stopWithinMs: withinMs }
    // It may be gone, or be going: then there is nobody to tell.
    if (this.#process.connected) this.#process.send(message, () => {})
    const deadline = setTimeout(() => this.#process.kill('SIGKILL'), withinMs + graceMs)
    await this.ended
    clearTimeout(deadline)
  }
}

/** Descriptor 3 is the channel for messages; 0 or 4 is the socket that listens. */
function stdioWith(descriptor: number, listener: number): ('ignore' | 'inherit' | 'ipc' | number)[] {
  if (descriptor === 0) return [listener, 'ignore', 'inherit', 'ipc']
  if (descriptor === 4) return ['ignore', 'ignore', 'inherit', 'ipc', listener]
  throw new Error(`a server process listens on descriptor 0 or 4, not on ${descriptor}`)
}
