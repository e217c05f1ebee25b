// A thread of a server: it accepts a connection by itself, serves it to its end, and is gone, or accepts the next.
// A descriptor has one owner here from first to last, this thread: Node cannot hand an accepted connection from one thread
// to another without both believing that they must close it.

import { parentPort, workerData } from 'node:worker_threads'
import { converseWithin } from '../channel/converse-within.ts'
import { loadService } from '../load-service.ts'
import { acceptNext } from './accept.ts'
import type { ThreadData } from './threads.ts'

const { protocol, options, serves } = workerData as ThreadData
const service = await loadService(protocol)
const stopping = new AbortController()
parentPort?.on('message', () => stopping.abort())

do {
  parentPort?.postMessage('waits')
  const socket = await acceptNext(stopping.signal)
  if (socket === undefined) break
  parentPort?.postMessage('serves')
  await converseWithin(socket, service, options, stopping.signal)
} while (serves === 'many')
parentPort?.close()
