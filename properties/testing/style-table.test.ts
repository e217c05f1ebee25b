import { expect, it } from 'vitest'
import { styleSummary, styleTable } from './style-table.ts'

const starves = { property: 'any/b', rule: 'disturbed', because: 'it starves' }

const rows = [
  { server: 'one', protocol: 'echo', cells: { 'any/a': 'pass', 'any/b': starves } },
  { server: 'one', protocol: 'frame', cells: { 'any/a': 'fails', 'frame/bad': 'pass', 'any/b': starves } },
  { server: 'two', protocol: 'frame', cells: { 'any/a': 'pass', 'frame/bad': 'fails', 'any/b': 'pass' } },
] as const

it('shows what passed, what failed by design and why, what failed, and what does not apply', () => {
  expect(styleTable(rows)).toBe(`| style | protocol | \`any/a\` | \`frame/bad\` | \`any/b\` |
| --- | --- | :-: | :-: | :-: |
| \`one\` | echo | ✓ | – | ✗ (1) |
| \`one\` | frame | **fails** | ✓ | ✗ (1) |
| \`two\` | frame | ✓ | **fails** | ✓ |

(1) By design: it starves (rule \`disturbed\`).
`)
})

it('sums up each server: the worst of its protocols', () => {
  expect(styleSummary(rows)).toBe(`| style | \`any/a\` | \`any/b\` | those of the protocol |
| --- | :-: | :-: | :-: |
| \`one\` | **fails** | ✗ (1) | ✓ |
| \`two\` | ✓ | ✓ | **fails** |

(1) By design: it starves (rule \`disturbed\`).
`)
})
