import { expect, it } from 'vitest'
import { styleTable } from './style-table.ts'

const starves = { property: 'any/b', rule: 'disturbed', because: 'it starves' }

it('shows what passed, what failed by design and why, what failed, and what does not apply', () => {
  const table = styleTable([
    { server: 'one', protocol: 'echo', cells: { 'any/a': 'pass', 'any/b': starves } },
    { server: 'one', protocol: 'frame', cells: { 'any/a': 'fails', 'frame/bad': 'pass', 'any/b': starves } },
  ])
  expect(table).toBe(`| style | protocol | \`any/a\` | \`frame/bad\` | \`any/b\` |
| --- | --- | :-: | :-: | :-: |
| \`one\` | echo | ✓ | – | ✗ (1) |
| \`one\` | frame | **fails** | ✓ | ✗ (1) |

(1) By design: it starves (rule \`disturbed\`).
`)
})
