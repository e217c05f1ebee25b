import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Address } from '../address.ts'

/** Says a word and gives what is answered until the end. */
export async function say(address: Address, word: string): Promise<string> {
  const socket = connect(address.port, address.host)
  let answer = ''
  socket.on('data', (data) => {
    answer += data
  })
  socket.on('error', () => {})
  socket.write(word)
  await once(socket, 'close')
  return answer
}

/** Whether a process runs; one that has ended and was not asked for is none. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
