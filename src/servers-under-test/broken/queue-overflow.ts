// pipelining-limit: a queue holds four requests, and what a read brings beyond them is dropped without a word.

import { frameServerWith } from './frame-server.ts'

export const queueOverflow = frameServerWith('drops the fifth frame of a read', (right) => ({
  push: (chunk) => right.push(chunk).slice(0, QUEUE),
  end: () => right.end(),
}))

const QUEUE = 4
