// What every server of the catalogue must come to: which claims fail on it, by which rule, and how small the first case
// becomes. A claim that is not named must pass.

import type { Expectation } from './expectation.ts'
import { BROKEN_EXPECTATIONS } from './expectations-broken.ts'
import { DATAGRAM_EXPECTATIONS } from './expected/datagrams.ts'
import { STYLE_EXPECTATIONS } from './style-expectations.ts'

const ODD = [
  'slow',
  'coalesced',
  'byte-by-byte',
  'small-pieces',
  'rst-at-the-end',
  'short-idle',
  'polling',
  'last-said',
  'forgets-late',
]

export const EXPECTATIONS: readonly Expectation[] = [
  ...STYLE_EXPECTATIONS,
  ...ODD.flatMap((name) =>
    ['frame', 'echo', 'lines', 'upper'].map((protocol) => ({ server: `odd/${name}`, protocol })),
  ),
  ...BROKEN_EXPECTATIONS,
  ...DATAGRAM_EXPECTATIONS,
]
