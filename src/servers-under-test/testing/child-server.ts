import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ServeOptions } from '../serve.ts'
import type { Address } from '../server.ts'

/** A server in a process of its own, seen from outside. */
export class ChildServer {
  stdout = ''
  stderr = ''
  readonly process: ChildProcess
  /** Resolves when it has exited, with its exit status or the name of the signal that ended it. */
  readonly exit: Promise<number | string>

  private constructor(command: string, args: readonly string[]) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.process = child
    this.exit = once(child, 'close').then(([code, signal]) => code ?? signal)
    child.stdout.on('data', (text) => {
      this.stdout += text
    })
    child.stderr.on('data', (text) => {
      this.stderr += text
    })
  }

  /** `serve` of the catalogue, which runs until it is told to stop, or has failed. */
  static serve(name: string, options: ServeOptions = {}): ChildServer {
    const main = fileURLToPath(new URL('serve-main.ts', import.meta.url))
    return new ChildServer(process.execPath, ['--import', 'jiti/register', main, name, JSON.stringify(options)])
  }

  /** `tornwire serve` as a user runs it, from what was built. */
  static built(name: string, protocol: string): ChildServer {
    const main = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url))
    return new ChildServer(process.execPath, [main, 'serve', name, '--protocol', protocol])
  }

  static run(command: string, args: readonly string[]): ChildServer {
    return new ChildServer(command, args)
  }

  /** Waits for the line that says where it listens. */
  async address(): Promise<Address> {
    const signal = AbortSignal.timeout(DEADLINE_MS)
    const line = /^listening on (\S+):(\d+)\n/
    while (!line.test(this.stdout)) {
      const over = this.exit.then((exit) => {
        throw new Error(`the server exited with ${exit} before it listened: ${this.stderr}`)
      })
      await Promise.race([once(this.process.stdout!, 'data', { signal }), over])
    }
    const [, host = '', port] = line.exec(this.stdout)!
    return { host, port: Number(port) }
  }

  /** Sends the signal and waits for the exit; what does not go within the deadline is killed. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.process.kill(signal)
    const deadline = setTimeout(() => this.process.kill('SIGKILL'), DEADLINE_MS)
    return this.exit.finally(() => clearTimeout(deadline))
  }

  /** Descriptors that it has open. */
  descriptors(): number {
    return readdirSync(`/proc/${this.process.pid}/fd`).length
  }

  /** Bytes of memory in use. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8')
    return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
  }
}

const DEADLINE_MS = 10_000
