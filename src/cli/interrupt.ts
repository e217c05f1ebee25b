import { EXIT } from './exit.ts'

/**
 * A signal that is aborted by the first Ctrl-C or SIGTERM, so that what was found is still reported. A second one ends
 * the process at once.
 */
export function onInterrupt(told: () => void): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    controller.abort()
    told()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const dispose = (): void => {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
  return { signal: controller.signal, dispose }
}
