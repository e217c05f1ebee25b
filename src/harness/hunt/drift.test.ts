import { afterEach, expect, it } from 'vitest'
import { comesBack, echoing, type Hunting, openHunting } from '../testing/hunting.ts'
import { hunt } from './hunt.ts'

let hunting: Hunting
afterEach(() => hunting.close())

/** Gives the first byte of two connections in three back wrong, and every further byte. */
function mostlyWrong() {
  let connections = 0
  const begun = new WeakSet<object>()
  return echoing((data, connection) => {
    const isFirst = !begun.has(connection)
    begun.add(connection)
    if (isFirst) connections += 1
    const sparesOne = isFirst && connections % 3 === 0
    return data.map((byte, at) => (sparesOne && at === 0 ? byte : byte ^ 1))
  })
}

it('a case that always fails is not shrunk to one that fails now and then', async () => {
  hunting = await openHunting(mostlyWrong())
  const { result } = await hunt(comesBack, hunting.run, Number.POSITIVE_INFINITY, [])
  expect(result.failure).toMatchObject({ frames: 1, bytes: 2, confirmed: { failed: 5, tried: 5 } })
})
