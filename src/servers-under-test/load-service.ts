import type { ProtocolName } from './catalogue-entry.ts'
import type { Service } from './transport.ts'

/** One protocol and no other: to load all of them takes a thread as long again as everything else that it needs. */
export function loadService(protocol: ProtocolName): Promise<Service> {
  return LOADERS[protocol]()
}

const LOADERS: Readonly<Record<ProtocolName, () => Promise<Service>>> = {
  frame: async () => (await import('./protocols/frame.ts')).frameService,
  echo: async () => (await import('./protocols/echo.ts')).echoService,
  lines: async () => (await import('./protocols/lines.ts')).linesService,
  upper: async () => (await import('./protocols/upper.ts')).upperService,
  collector: async () => (await import('./protocols/collector.ts')).collectorService,
  files: async () => (await import('./protocols/files.ts')).filesService,
}
