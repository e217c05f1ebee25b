// limit-by-one-too-late: a frame may be one byte longer than the limit.

import { DEFAULT_LIMIT } from '../../codec/limit.ts'
import { frameDecoder } from '../protocols/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const limitExceeded = frameServerWith('takes frames of a byte over the limit', (_, options) =>
  frameDecoder({ ...options, limit: (options.limit ?? DEFAULT_LIMIT) + 1 }),
)
