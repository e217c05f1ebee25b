// The yardsticks: the smallest client and server that do the same work, in C and in bare Node. They are run as they are
// in bench/yardstick; the C ones are compiled first, into a temporary folder.

import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** From dist/bench, where this file runs. */
const SOURCES = fileURLToPath(new URL('../../bench/yardstick/', import.meta.url))
/** No measured program runs longer. */
const WITHIN_MS = 120_000

/** The compiled C programs. */
export interface CPrograms {
  readonly server: string
  readonly client: string
  readonly reads: string
  remove(): void
}

/** Compiles the C programs, or tells by `undefined` that there is no gcc. Throws where they do not compile. */
export function compileC(): CPrograms | undefined {
  if (spawnSync('gcc', ['--version']).status !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'tornwire-bench-'))
  const compile = (name: string): string => {
    const program = join(folder, name)
    const { status, stderr } = spawnSync('gcc', ['-O2', '-o', program, join(SOURCES, 'c', `${name}.c`)])
    if (status !== 0) throw new Error(`bench/yardstick/c/${name}.c does not compile:\n${stderr}`)
    return program
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  return { server: compile('server'), client: compile('client'), reads: compile('reads'), remove }
}

/** The path of a Node yardstick. */
export function nodeYardstick(name: 'client' | 'server' | 'reads'): string {
  return join(SOURCES, 'node', `${name}.mjs`)
}

/** A server that runs until it is stopped. Its first line is `{"port":N}`. */
export interface RunningServer {
  readonly port: number
  /** The lines that it prints after its port. */
  readonly lines: AsyncIterator<string>
  stop(): void
}

/** Starts a server. Throws where it ends before it has told its port. */
export async function startServer(program: string, args: readonly string[]): Promise<RunningServer> {
  const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', stop)
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]()
  const first = await Promise.race([lines.next(), once(child, 'error').then(([error]) => Promise.reject(error))])
  if (first.done) throw new Error(`${program} ${args.join(' ')} ended before it told its port`)
  return { port: JSON.parse(first.value).port, lines, stop }
}

/** Runs a program to its end and reads the last line that it printed as JSON. Throws where it fails. */
export async function lastLine(program: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(program, [...args], { timeout: WITHIN_MS })
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
}
