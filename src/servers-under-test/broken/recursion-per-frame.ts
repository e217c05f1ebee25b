// recursion-per-frame: the parser calls itself for every frame of a read; its stack has room for 1,000 of them, and what it
// runs out on is logged and lost.

import type { Item } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const recursionPerFrame = frameServerWith('loses what is beyond 1,000 frames in one read', (right) => ({
  push: (chunk) => handled(right.push(chunk), 0),
  end: () => right.end(),
}))

const STACK = 1_000

function handled(items: readonly Item<Frame>[], depth: number): Item<Frame>[] {
  const [first] = items.slice(depth, depth + 1)
  return first === undefined || depth === STACK ? [] : [first, ...handled(items, depth + 1)]
}
