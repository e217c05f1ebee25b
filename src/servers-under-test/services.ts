import type { ProtocolName } from './catalogue-entry.ts'
import { collectorService } from './protocols/collector.ts'
import { echoService } from './protocols/echo.ts'
import { filesService } from './protocols/files.ts'
import { frameService } from './protocols/frame.ts'
import { linesService } from './protocols/lines.ts'
import { upperService } from './protocols/upper.ts'
import type { Service } from './transport.ts'

/** Each protocol, as every style of server runs it. */
export const SERVICES: Readonly<Record<ProtocolName, Service>> = {
  frame: frameService,
  echo: echoService,
  lines: linesService,
  upper: upperService,
  collector: collectorService,
  files: filesService,
}
