import { fileURLToPath } from 'node:url'

/** The JavaScript file of a program beside this one, by its name: a process or a thread of its own runs what was built. */
export function builtFile(name: string): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../../dist/src/servers-under-test/processes/' : './'
  return fileURLToPath(new URL(`${folder}${name}.js`, import.meta.url))
}
