// A process that appends to a store of lines, and prints what is wrong: PATH, LINES in one append, APPENDS.

import { fileStore } from '../protocols/line-store.ts'

const [path = '', lines, appends] = process.argv.slice(2)
const store = fileStore(path)
const bytes = Buffer.from(`${'x'.repeat(15)}\n`.repeat(Number(lines)))
for (let at = 0; at < Number(appends); at++) {
  const trouble = store.append(bytes)
  if (trouble !== undefined) console.log(trouble)
}
