// A process that puts 3,000 bytes into files of a directory in each way, and prints what came of it.

import { directoryStore } from '../protocols/file-store.ts'

const store = directoryStore(process.argv[2] ?? '')
const content = Buffer.alloc(3_000, 'x')
console.log(JSON.stringify(store.put('append', 'a.txt', content)))
console.log(JSON.stringify(store.put('overwrite', 'b.txt', content)))
console.log(JSON.stringify(store.put('create', 'c.txt', content)))
