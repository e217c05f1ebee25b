#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'
import { manyLines } from '../harness/escape.ts'
import type { CollectCommandOptions } from './collect/collect.ts'
import { EXIT } from './exit.ts'
import type { FuzzOptions } from './fuzz.ts'
import { duration, idleTime, wholeNumber } from './option-values.ts'
import type { ReplayOptions } from './replay.ts'
import type { TalkOptions } from './talk/talk.ts'
import { tool } from './tool.ts'

// Each command is loaded when it is called: a crashed server is started again many times, and needs a fifth of all this.

const program = new Command('tornwire')
  .description(
    'Tests servers that speak a framed protocol over TCP: tears the byte stream, proves that each cut arrived, shrinks what fails. Datagrams over UDP too.',
  )
  .version(tool.version)
  .showHelpAfterError('(tornwire --help shows what there is)')
  .exitOverride()

const gather = (value: string, all: readonly string[]): string[] => [...all, value]

const EXAMPLES = `
Examples:
  tornwire fuzz 127.0.0.1:7001 --protocol echo
  tornwire fuzz 127.0.0.1:0 --protocol lines --exec 'my-server --port {port}'
  tornwire fuzz udp://127.0.0.1:7001 --protocol udp-echo
  tornwire fuzz builtin:broken/split-header --junit junit.xml
`

const FILES = `
Protocols that look at the server's files (collector, files) find them in the directory that the environment variable
TORNWIRE_DIR names, or else in ./served, where "tornwire serve" keeps them. The server of builtin:NAME is given a
directory of its own for the run.`

const COMMANDS = `
Commands: start, stop (measuring; it starts by itself), state, reset (forget what waits and all counts), quit (deliver
what is left, and end; so do Ctrl-C and SIGTERM). Exit status 1 where measurements were lost.`

const exec = new Option('--exec <command>', "start the server: a shell line; {port} stands for the target's port")
const pid = new Option(
  '--pid <n>',
  "the server's process, where its address does not tell (a proxy, a supervisor)",
).argParser(wholeNumber('--pid', 1, 0x7fff_ffff))
const allowHost = new Option('--allow-host <host>', 'talk to this host too (only loopback is allowed without it)')
  .argParser(gather)
  .default([], 'none')

program
  .command('fuzz')
  .description('fuzz a server')
  .argument('<target>', 'HOST:PORT, tcp://HOST:PORT, udp://HOST:PORT, [::1]:PORT or builtin:NAME')
  .option('--protocol <name|file>', 'a built-in protocol (tornwire list protocols) or a file that exports one', 'frame')
  .addOption(
    new Option('--property <id>', 'only these properties; repeatable, * stands for anything')
      .argParser(gather)
      .default([], 'all'),
  )
  .option('--runs <n>', 'cases per property at the most', wholeNumber('--runs', 1, 1_000_000_000), 400)
  .addOption(
    new Option('--time <duration>', 'time for trying, all properties together: 30s, 5m')
      .argParser(duration)
      .default(60_000, '60s'),
  )
  .addOption(
    new Option('--idle <duration>', 'the server ends a connection on which nothing has come for so long').argParser(
      idleTime,
    ),
  )
  .option('--seed <n>', 'makes the same cases again', wholeNumber('--seed', 0, 0x7fff_ffff))
  .option('--concurrency <n>', 'cases in flight at once', wholeNumber('--concurrency', 1, 256), 8)
  .option('--strict', 'a broken SHOULD fails the run too')
  .option('--baseline <file>', 'known failures: excused until a day; an excuse that is not needed fails the run')
  .option('--json <file>', 'write the result as JSON')
  .option('--junit <file>', 'write the result as JUnit XML')
  .option('--tap <file>', 'write the result as TAP 14; - for the standard output')
  .option('--report-dir <dir>', 'where failing cases are kept', 'reports')
  .option('--quiet', 'say only what failed')
  .addOption(exec)
  .addOption(pid)
  .addOption(allowHost)
  .addHelpText('after', EXAMPLES + FILES)
  .action(async (target: string, options: FuzzOptions) => {
    const { fuzz } = await import('./fuzz.ts')
    await ends(fuzz(target, options))
  })

program
  .command('replay')
  .description('play failing cases again')
  .argument('<report...>', 'report files that a fuzz run named')
  .option('--target <target>', 'play against this server instead of the one that failed')
  .option('--protocol <name|file>', 'instead of the one that the report names')
  .addOption(exec)
  .addOption(pid)
  .addOption(allowHost)
  .action(async (reports: string[], options: ReplayOptions) => {
    const { replay } = await import('./replay.ts')
    await ends(replay(reports, options))
  })

program
  .command('serve')
  .description('run a reference server, or a broken one (tornwire list servers)')
  .argument('<server>', 'evented, broken/split-header, …')
  .option('--protocol <name>', 'what it speaks')
  .option('--port <n>', 'a port; 0 for a free one', wholeNumber('--port', 0, 65_535), 0)
  .option('--host <host>', 'a loopback address', '127.0.0.1')
  .addOption(
    new Option('--idle <duration>', 'close connections that are silent for so long')
      .argParser(duration)
      .default(30_000, '30s'),
  )
  .option('--dir <dir>', 'where collector and files keep their files (default: $TORNWIRE_DIR, or served)')
  .option('--limit <bytes>', 'most data bytes of a frame', wholeNumber('--limit', 0, 0x7fff_ffff))
  .action(async (server: string, options) => {
    const { serveCommand } = await import('./serve.ts')
    await ends(serveCommand(server, options))
  })

program
  .command('collect')
  .description('measure this machine once a period and send it to a collector; commands on the standard input')
  .argument('<target>', 'HOST:PORT')
  .addOption(
    new Option('--period <duration>', 'time between two measurements').argParser(duration).default(10_000, '10s'),
  )
  .option('--buffer <n>', 'lines kept while the server is away', wholeNumber('--buffer', 6, 10_000_000), 10_000)
  .addOption(allowHost)
  .addHelpText('after', COMMANDS)
  .action(async (target: string, options: CollectCommandOptions) => {
    const { collect } = await import('./collect/collect.ts')
    await ends(collect(target, options))
  })

program
  .command('talk')
  .description('send the lines of the standard input to a server until STOP, and print what it answers')
  .argument('<target>', 'HOST:PORT')
  .addOption(allowHost)
  .action(async (target: string, options: TalkOptions) => {
    const { talk } = await import('./talk/talk.ts')
    await ends(talk(target, options))
  })

program
  .command('list')
  .description('show what there is')
  .argument('[what]', 'properties, protocols or servers')
  .option('--protocol <name|file>', 'list the properties of this protocol', 'frame')
  .action(async (what: string | undefined, options: { protocol: string }) => {
    const { list } = await import('./list.ts')
    await ends(list(what, options))
  })

async function ends(status: Promise<number>): Promise<void> {
  process.exitCode = await status
}

/** Errors whose message says it all. */
const MISUSE: ReadonlySet<string> = new Set(['UsageError', 'ReportError'])

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage
  const expected = error instanceof Error && MISUSE.has(error.name)
  const message = error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error)
  const prefix = expected ? '' : 'this is a bug of tornwire, please report it with this text: '
  process.stderr.write(`tornwire: ${prefix}${manyLines(message)}\n`)
  return EXIT.usage
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}
