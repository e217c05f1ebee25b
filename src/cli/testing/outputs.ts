import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Parser } from 'tap-parser'
import { validateXML } from 'xmllint-wasm'

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')

const validResult = new Ajv2020({ allErrors: true }).compile(JSON.parse(read('../../../schema/result.schema.json')))
const jenkins = read('../reporting/testing/jenkins-junit.xsd')

/** What is wrong with a result file by its JSON Schema. */
export function errorsInResult(json: string): unknown {
  return validResult(JSON.parse(json)) ? [] : validResult.errors
}

/** What is wrong with a JUnit file by the schema that Jenkins uses. */
export async function errorsInJunit(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents: xml }],
    schema: [jenkins],
    maxMemoryPages: 4096,
  })
  return errors.map(({ rawMessage }) => rawMessage)
}

/** What a TAP harness makes of a stream: how many points there are, and what it cannot read. */
export function readTap(text: string): {
  readonly count: number
  readonly failed: number
  readonly errors: readonly string[]
} {
  const errors: string[] = []
  const parser = new Parser({ bail: false })
  parser.on('extra', (line: string) => errors.push(line))
  parser.end(text)
  const { count, fail, failures } = parser.results!
  return { count, failed: fail, errors: [...errors, ...failures.flatMap(({ tapError }) => tapError ?? [])] }
}
