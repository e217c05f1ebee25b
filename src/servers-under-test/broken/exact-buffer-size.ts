// exact-buffer-size: data that fills the buffer of 128 bytes to the last is taken for data that did not fit.

import { frameServerWith } from './frame-server.ts'

export const exactBufferSize = frameServerWith('drops frames of exactly 128 data bytes', (right) => ({
  push: (chunk) => right.push(chunk).filter((item) => item.is === 'bad' || item.frame.data.length !== BUFFER),
  end: () => right.end(),
}))

const BUFFER = 128
