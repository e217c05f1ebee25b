// limit-off-by-one: a frame of exactly the limit is refused, as one over it would be.

import { DEFAULT_LIMIT } from '../../codec/limit.ts'
import { frameDecoder } from '../protocols/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const limitRefused = frameServerWith('refuses a frame of exactly the limit', (_, options) =>
  frameDecoder({ ...options, limit: (options.limit ?? DEFAULT_LIMIT) - 1 }),
)
