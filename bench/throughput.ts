// Conversations per second of the whole harness, beside clients that do nothing but the same conversations. All against
// one server, in turn, each in a process of its own: absolute figures move by a quarter from one hour to the next, so
// only the ratio of medians of the same rounds means something.

import { fileURLToPath } from 'node:url'
import type { Section } from './section.ts'
import { median } from './statistics.ts'
import { figure, table } from './table.ts'
import { type CPrograms, lastLine, nodeYardstick, startServer } from './yardstick.ts'

const ROUNDS = 7
const AT_ONCE = 32
/** Conversations that are counted, and those before them in which code is still being compiled; the same for everyone. */
export const CONVERSATIONS = 20_000
export const WARM_UP = 10_000
/** What is asked of the harness, as a share of the best bare client. */
const REACH = 0.7

interface Contender {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
}

/** The server of the yardsticks: in C where there is a compiler, else in bare Node. */
export async function startEcho(c: CPrograms | undefined): Promise<Awaited<ReturnType<typeof startServer>>> {
  if (c !== undefined) return startServer(c.server, ['-L', '3600'])
  return startServer(process.execPath, [nodeYardstick('server'), '--life=3600'])
}

export async function throughput(c: CPrograms | undefined): Promise<Section> {
  const server = await startEcho(c)
  try {
    const contenders = contendersAgainst(server.port, c)
    const measured = await inTurn(contenders)
    const best = median(measured.get(BEST) as number[])
    const rows = contenders.map(({ name }) => {
      const all = measured.get(name) as number[]
      const range = `${figure(Math.min(...all))} – ${figure(Math.max(...all))}`
      return [name, figure(median(all)), range, figure(median(all) / best, 2)]
    })
    const ratio = median(measured.get(HARNESS) as number[]) / best
    const text = table(['client', 'conversations/s, median', 'range', 'of the best bare Node'], rows)
    return {
      title: `Throughput: ${AT_ONCE} at once against ${c ? 'the C server' : 'the bare Node server (no gcc here)'}, ${ROUNDS} rounds in turn`,
      text: `${text}\n\nThe harness reaches ${figure(ratio, 2)} of the best bare Node client (asked: ${REACH}).`,
      data: { ratio, conversationsPerSecond: Object.fromEntries(measured) },
    }
  } finally {
    server.stop()
  }
}

const HARNESS = 'tornwire: generated, encoded, played, decoded, judged'
const BEST = 'bare Node, best (sockets reused, onread)'

function contendersAgainst(port: number, c: CPrograms | undefined): readonly Contender[] {
  const node = (name: string, ...options: readonly string[]): Contender => ({
    name,
    program: process.execPath,
    args: [
      nodeYardstick('client'),
      `--port=${port}`,
      `--conc=${AT_ONCE}`,
      `--n=${CONVERSATIONS}`,
      `--warm=${WARM_UP}`,
      ...options,
    ],
  })
  return [
    {
      name: HARNESS,
      program: process.execPath,
      args: [fileURLToPath(new URL('bench.js', import.meta.url)), '--throughput', `127.0.0.1:${port}`, '--json'],
    },
    node(BEST, '--reuse', '--next=close', '--onread'),
    node('bare Node, naive'),
    ...(c === undefined
      ? []
      : [
          {
            name: 'C, epoll',
            program: c.client,
            args: ['-p', `${port}`, '-c', `${AT_ONCE}`, '-n', `${CONVERSATIONS}`, '-w', `${WARM_UP}`],
          },
        ]),
  ]
}

async function inTurn(contenders: readonly Contender[]): Promise<Map<string, number[]>> {
  const measured = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, program, args } of contenders) {
      const told = (await lastLine(program, args)) as Told
      if (told.fails !== undefined && told.fails > 0) throw new Error(`${name}: ${told.fails} conversations went wrong`)
      measured.get(name)?.push(told.conversationsPerSecond ?? told.cps ?? Number.NaN)
    }
  }
  return measured
}

/** What a contender prints. */
interface Told {
  readonly conversationsPerSecond?: number
  readonly cps?: number
  readonly fails?: number
}
