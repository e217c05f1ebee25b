import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { builtFile } from './built-file.ts'
import type { Job, Running } from './job.ts'

/** What a thread is told. */
export interface ThreadData extends Pick<Job, 'protocol' | 'options'> {
  /** Connections until it ends. */
  readonly serves: 'one' | 'many'
}

/** How many threads there are. */
export interface Crew {
  readonly serves: ThreadData['serves']
  /** Threads that wait for a connection, at the least, as long as there are not too many in all. */
  readonly waiting: number
  /** Threads in all, at the most. */
  readonly most: number
}

/** Starts the first threads and resolves when one waits for a connection. */
export async function runThreads(job: Job, crew: Crew): Promise<Running> {
  const threads = new Threads(job, crew)
  await threads.oneWaits
  return threads
}

class Threads implements Running {
  readonly oneWaits: Promise<void>
  readonly #data: ThreadData
  readonly #crew: Crew
  /** Of each thread, whether it has a connection. */
  readonly #busy = new Map<Worker, boolean>()
  #isStopping = false
  #allGone: () => void = () => {}

  constructor({ protocol, options }: Job, crew: Crew) {
    this.#data = { protocol, options, serves: crew.serves }
    this.#crew = crew
    this.oneWaits = new Promise((resolve) => this.#fill(resolve))
  }

  async stop(withinMs: number): Promise<void> {
    this.#isStopping = true
    if (this.#busy.size === 0) return
    const allGone = new Promise<void>((resolve) => {
      this.#allGone = resolve
    })
    for (const thread of this.#busy.keys()) thread.postMessage('stop')
    const over = new AbortController()
    await Promise.race([allGone, pause(withinMs, undefined, { signal: over.signal }).catch(() => {})])
    over.abort()
    await Promise.all([...this.#busy.keys()].map((thread) => thread.terminate()))
  }

  #fill(waits: () => void = () => {}): void {
    const idle = () => [...this.#busy.values()].filter((busy) => !busy).length
    while (!this.#isStopping && this.#busy.size < this.#crew.most && idle() < this.#crew.waiting) this.#start(waits)
  }

  #start(waits: () => void): void {
    const thread = new Worker(builtFile('thread-main'), { workerData: this.#data })
    this.#busy.set(thread, false)
    let hasWaited = false
    thread.on('message', (does: 'waits' | 'serves') => {
      this.#busy.set(thread, does === 'serves')
      if (does === 'serves') return this.#fill()
      hasWaited = true
      waits()
    })
    thread.on('error', (error) => {
      // One that cannot even begin would be followed by others without end.
      if (!hasWaited) throw error
      console.error(`server under test: a thread failed, and its connection with it: ${error.stack ?? error}`)
    })
    thread.on('exit', () => {
      this.#busy.delete(thread)
      if (this.#busy.size === 0) this.#allGone()
      this.#fill()
    })
  }
}
