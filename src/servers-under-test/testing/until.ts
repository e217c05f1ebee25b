/** Looks every few milliseconds until it is true; for what has no event, in another process. Fails after 10 s. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`waited 10 s until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Lets a server in this process read what has been sent to it: a few turns of the loop that both share. */
export async function turns(count = 6): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}
