import { createInterface } from 'node:readline'
import { oneLine } from '../../harness/escape.ts'
import { resolveAddress } from '../address.ts'
import { EXIT } from '../exit.ts'
import { onInterrupt } from '../interrupt.ts'
import { Collecting } from './collecting.ts'
import { measurements, readMachine } from './machine.ts'
import { tcpLink } from './tcp-link.ts'

export interface CollectCommandOptions {
  /** Milliseconds. */
  readonly period: number
  /** Lines. */
  readonly buffer: number
  readonly allowHost: readonly string[]
}

/** For what was sent last to be acknowledged, in milliseconds. */
const FINISHES_WITHIN_MS = 2_000

/**
 * `tornwire collect`. Resolves to the exit status when it is told to quit: 0 where all that was measured is stored, else 1.
 * Throws `UsageError`.
 */
export async function collect(
  targetName: string,
  { period, buffer, allowHost }: CollectCommandOptions,
): Promise<number> {
  const address = await resolveAddress(targetName, allowHost)
  const say = (text: string): void => void process.stdout.write(`${oneLine(text)}\n`)
  const collecting = new Collecting(
    {
      connect: (events) => tcpLink(address, events),
      after: (ms, action) => {
        const timer = setTimeout(action, ms)
        return () => clearTimeout(timer)
      },
      sample: () => measurements(new Date(), readMachine()),
      say,
    },
    { periodMs: period, buffer },
  )
  collecting.start()
  await untilQuit(collecting, say)
  const left = await collecting.finish(FINISHES_WITHIN_MS)
  say(left === 0 ? collecting.state : `${left} measurements were not acknowledged and are lost; ${collecting.state}`)
  return left === 0 ? EXIT.pass : EXIT.fail
}

/** Does what is said on the standard input, until `quit`, Ctrl-C or SIGTERM. The end of the input ends nothing. */
function untilQuit(collecting: Collecting, say: (text: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const input = createInterface({ input: process.stdin })
    const quit = (): void => {
      input.close()
      process.stdin.unref?.()
      interrupt.dispose()
      resolve()
    }
    const interrupt = onInterrupt(quit)
    const commands: Readonly<Record<string, () => void>> = {
      start: () => collecting.start(),
      stop: () => collecting.stop(),
      reset: () => collecting.reset(),
      state: () => {},
      quit,
    }
    input.on('line', (line) => {
      const word = line.trim()
      if (word === '') return
      if (!Object.hasOwn(commands, word))
        return say(`there is no command '${word}'; there are: ${Object.keys(commands).join(', ')}`)
      commands[word]?.()
      if (word !== 'quit') say(collecting.state)
    })
  })
}
