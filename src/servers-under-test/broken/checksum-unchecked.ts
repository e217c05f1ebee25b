// checksum-unchecked: the checksum of a frame is skipped, not checked, so that corrupted data is echoed as if it were good.

import { forgivingDecoder } from './forgiving-checksum.ts'
import { frameServerWith } from './frame-server.ts'

export const checksumUnchecked = frameServerWith('never looks at checksums', (_, options) =>
  forgivingDecoder(options, () => true),
)
