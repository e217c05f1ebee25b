// checksum-skipped: where there is no data, there is thought to be nothing to check.

import { FRAME_OVERHEAD } from '../../codec/frame.ts'
import { forgivingDecoder } from './forgiving-checksum.ts'
import { frameServerWith } from './frame-server.ts'

export const checksumOfNothing = frameServerWith('does not check empty frames', (_, options) =>
  forgivingDecoder(options, ({ length }) => length === FRAME_OVERHEAD),
)
