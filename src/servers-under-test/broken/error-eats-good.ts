// bad-eats-good: a bad frame takes the answers of the good frames before it, in the same read, with it.

import { frameServerWith } from './frame-server.ts'

export const errorEatsGood = frameServerWith('forgets the good frames of a read that ends in a bad one', (right) => ({
  push: (chunk) => {
    const items = right.push(chunk)
    return items.at(-1)?.is === 'bad' ? items.slice(-1) : items
  },
  end: () => right.end(),
}))
