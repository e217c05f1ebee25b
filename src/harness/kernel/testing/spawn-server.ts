import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A server in a child process that tells the sizes of its reads. */
export interface SpawnedServer {
  readonly pid: number
  readonly port: number
  /** The sizes of the reads of the next connection to end. Rejects when the server ends first. */
  readSizes(): Promise<number[]>
  /** Tells a holding server what to do with its connections. */
  order(word: 'read' | 'reset'): void
  stop(): void
}

export const hasPython = spawnSync('python3', ['--version']).status === 0

/** Starts the blocking server; see read-sizes.py. */
export function spawnPython(does: 'read' | 'hold' | 'listen' | 'bind', host = '127.0.0.1'): Promise<SpawnedServer> {
  return start('python3', [beside('read-sizes.py'), host, does])
}

/** Starts the evented server; see read-sizes.mjs. */
export function spawnNode(host = '127.0.0.1'): Promise<SpawnedServer> {
  return start(process.execPath, [beside('read-sizes.mjs'), host])
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

async function start(command: string, args: string[]): Promise<SpawnedServer> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => {
    const { done, value } = await lines.next()
    if (done) throw new Error(`${command} ${args.join(' ')} ended, exit status ${child.exitCode}`)
    return value
  }
  const port = Number(await nextLine())
  return {
    pid: child.pid!,
    port,
    readSizes: async () => JSON.parse(await nextLine()),
    order: (word) => child.stdin.write(`${word}\n`),
    stop: () => child.kill('SIGKILL'),
  }
}
