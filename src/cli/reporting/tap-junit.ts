import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create } from 'xmlbuilder2'

/** One test case as tap-junit understood it. `number` is that of the TAP test point. */
export interface ConvertedCase {
  readonly number: number
  readonly name: string
  readonly outcome: 'passed' | 'failure' | 'skipped'
}

export type Conversion =
  | { readonly ok: true; readonly cases: readonly ConvertedCase[] }
  | { readonly ok: false; readonly why: string }

/** A conversion takes a quarter of a second, most of it the start of Node. */
const DEADLINE_MS = 10_000

/**
 * Runs a TAP document through tap-junit. It is run as a program of its own, because its library writes to the console
 * and may end the process; in a process group of its own, so that Ctrl-C does not reach it; and until a deadline.
 */
export async function tapToJunit(tap: string, program?: string, deadlineMs = DEADLINE_MS): Promise<Conversion> {
  try {
    const ran = await run(program ?? tapJunitProgram(), tap, deadlineMs)
    return ran.ok ? casesIn(ran.xml) : ran
  } catch (error) {
    return { ok: false, why: (error as Error).message }
  }
}

type Ran = { readonly ok: true; readonly xml: string } | { readonly ok: false; readonly why: string }

function run(program: string, input: string, deadlineMs: number): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program], {
      detached: true,
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const out: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
    child.on('error', (error) => resolve({ ok: false, why: error.message }))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve({ ok: true, xml: Buffer.concat(out).toString() })
      resolve({ ok: false, why: endOf(code, signal, Buffer.concat(errors).toString(), deadlineMs) })
    })
    // A child that ends early closes this pipe; how it ended says more than the EPIPE.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

function endOf(code: number | null, signal: NodeJS.Signals | null, errors: string, deadlineMs: number): string {
  const how = code === null ? `ended by ${signal} (its deadline is ${deadlineMs / 1000} s)` : `ended with code ${code}`
  const said = /^\w*Error:.*/m.exec(errors)?.[0]
  return said === undefined ? how : `${how}: ${said}`
}

function casesIn(xml: string): Conversion {
  try {
    const cases: ConvertedCase[] = []
    create(xml).each(
      (node) => {
        const element = node.node as unknown as Element
        if (element.nodeName === 'testcase') cases.push(caseOf(element))
      },
      false,
      true,
    )
    return { ok: true, cases }
  } catch (error) {
    return { ok: false, why: `what it wrote is not XML: ${(error as Error).message}` }
  }
}

/** As much of a DOM element as is read here. */
interface Element {
  readonly nodeName: string
  readonly childNodes: Iterable<{ readonly nodeName: string }>
  getAttribute(name: string): string | null
}

function caseOf(element: Element): ConvertedCase {
  const children = [...element.childNodes].map((child) => child.nodeName)
  const outcome = (['failure', 'skipped'] as const).find((name) => children.includes(name)) ?? 'passed'
  return { number: Number(element.getAttribute('id')), name: element.getAttribute('name') ?? '', outcome }
}

function tapJunitProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('tap-junit/package.json')
  return join(dirname(manifest), 'bin', 'tap-junit')
}
