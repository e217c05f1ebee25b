// What every broken server must come to. The figures are reasoned out, not measured: each line says why no smaller case can
// show the bug.

import type { Expectation } from './expectation.ts'
import { CLIENTS } from './expected/clients.ts'
import { DEEP } from './expected/deep.ts'
import { ENDINGS } from './expected/endings.ts'
import { FRAMING } from './expected/framing.ts'
import { STORAGE } from './expected/storage.ts'

export const BROKEN_EXPECTATIONS: readonly Expectation[] = [...FRAMING, ...ENDINGS, ...CLIENTS, ...STORAGE, ...DEEP]
