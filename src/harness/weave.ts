/** The moves of all connections in one order: as `turns` says, then what is left of each, one connection after another. */
export function weave<M>(
  queues: readonly (readonly M[])[],
  turns: readonly number[],
): { readonly on: number; readonly move: M }[] {
  const next = queues.map(() => 0)
  const order: { on: number; move: M }[] = []
  const take = (on: number): boolean => {
    const at = next[on] as number
    const queue = queues[on]
    if (queue === undefined || at >= queue.length) return false
    next[on] = at + 1
    order.push({ on, move: queue[at] as M })
    return true
  }
  for (const on of turns) take(on)
  for (let on = 0; on < queues.length; on++) while (take(on));
  return order
}
