// exact-buffer-size: a frame that fills the buffer of 128 bytes to the last, with what is around its data, is taken for one
// that did not fit.

import { frameBytes } from './frame-bytes.ts'
import { frameServerWith } from './frame-server.ts'

export const fullReadBuffer = frameServerWith('drops frames of exactly 128 bytes in all', (right) => ({
  push: (chunk) => right.push(chunk).filter((item) => frameBytes([item]) !== BUFFER),
  end: () => right.end(),
}))

const BUFFER = 128
