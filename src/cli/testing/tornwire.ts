import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'

/** The built program. */
export const PROGRAM = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url))

/** A run of the built program, in a folder of its own, as a user sees it. */
export class Tornwire {
  stdout = ''
  stderr = ''
  /** Most memory in use at any look, in bytes. */
  peakBytes = 0
  readonly process: ChildProcess
  readonly dir: string
  readonly #exit: Promise<number | string>

  private constructor(args: readonly string[], dir: string, program = PROGRAM) {
    this.dir = dir
    const child = spawn(process.execPath, [program, ...args], { cwd: dir, stdio: 'pipe' })
    this.process = child
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text
    })
    const looking = setInterval(() => {
      this.peakBytes = Math.max(this.peakBytes, residentBytes(child.pid))
    }, 50)
    this.#exit = once(child, 'close').then(([status, signal]) => {
      clearInterval(looking)
      return status ?? signal
    })
  }

  /** Starts it. Whoever starts it removes `dir`. */
  static start(args: readonly string[], dir = scratchDir()): Tornwire {
    return new Tornwire(args, dir)
  }

  /** Runs it to its end, which must come within a minute. */
  static async run(args: readonly string[], dir = scratchDir()): Promise<Tornwire & { readonly status: unknown }> {
    return Tornwire.#toItsEnd(new Tornwire(args, dir))
  }

  /** Runs another program that calls this one, to its end, which must come within so many milliseconds. */
  static async runFile(program: string, withinMs: number): Promise<Tornwire & { readonly status: unknown }> {
    return Tornwire.#toItsEnd(new Tornwire([], scratchDir(), program), withinMs)
  }

  static async #toItsEnd(run: Tornwire, withinMs = DEADLINE_MS): Promise<Tornwire & { readonly status: unknown }> {
    return Object.assign(run, { status: await run.exit(withinMs) })
  }

  /** Its exit status, or the signal that ended it. One that does not end is killed, and that is an error. */
  async exit(withinMs = DEADLINE_MS): Promise<number | string> {
    const deadline = setTimeout(() => this.process.kill('SIGKILL'), withinMs)
    const status = await this.#exit
    clearTimeout(deadline)
    if (status === 'SIGKILL') throw new Error(`it did not end within ${withinMs} ms; it said: ${this.#said()}`)
    return status
  }

  /** Says something to its standard input. */
  hears(text: string): void {
    this.process.stdin?.write(text)
  }

  /** Waits until it has said something like this. */
  async says(pattern: RegExp): Promise<void> {
    const signal = AbortSignal.timeout(DEADLINE_MS)
    const over = this.#exit.then((status) => {
      throw new Error(`it ended with ${status} before it said ${pattern}; it said: ${this.#said()}`)
    })
    while (!pattern.test(this.#said())) {
      const more = [this.process.stdout!, this.process.stderr!].map((stream) => once(stream, 'data', { signal }))
      await Promise.race([...more, over])
    }
  }

  /** Waits until there is a report on disk that says something else than `before`, and gives its text. */
  leavesReport(before = ''): Promise<string> {
    const newReport = (): string => {
      const path = this.#reportsSoFar()[0]
      const text = path === undefined ? before : this.file(path)
      if (text !== before) return text
      throw new Error(`it left no${before === '' ? '' : ' other'} report; it said: ${this.#said()}`)
    }
    return vi.waitFor(newReport, { timeout: DEADLINE_MS, interval: 1 })
  }

  #reportsSoFar(): string[] {
    try {
      return this.reports()
    } catch {
      return []
    }
  }

  /** A file that it has written. */
  file(name: string): string {
    return Tornwire.read(this.dir, name)
  }

  static read(dir: string, name: string): string {
    return readFileSync(join(dir, name), 'utf8')
  }

  /** Paths of the reports that it has left, relative to its folder. */
  reports(): string[] {
    return readdirSync(join(this.dir, 'reports'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => join('reports', name))
  }

  /** Processes that it has started and that still run. */
  children(): number[] {
    const { pid } = this.process
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  }

  #said(): string {
    return this.stdout + this.stderr
  }
}

const DEADLINE_MS = 60_000
const made: string[] = []

/** A folder that `removeScratch` removes. */
export function scratchDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tornwire-cli-'))
  made.push(dir)
  return dir
}

/** For `afterAll`. */
export function removeScratch(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
}

/** Whether there is a process with this id that has not ended. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

function residentBytes(pid: number | undefined): number {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
