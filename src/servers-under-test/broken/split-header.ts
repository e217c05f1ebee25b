// split-fixed-header: a read that ends inside the length field is not resumed; its bytes are forgotten.

import { frameDecoder } from '../protocols/frame.ts'
import { frameBytes } from './frame-bytes.ts'
import { frameServerWith } from './frame-server.ts'

export const splitHeader = frameServerWith(
  'forgets a length field that is torn by the end of a read',
  (right, options) => {
    let decoder = right
    let begun = 0
    return {
      push: (chunk) => {
        const items = decoder.push(chunk)
        begun += chunk.length - frameBytes(items)
        if (begun < LENGTH_FIELD) {
          decoder = frameDecoder(options)
          begun = 0
        }
        return items
      },
      end: () => decoder.end(),
    }
  },
)

const LENGTH_FIELD = 4
