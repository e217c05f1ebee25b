import type { Handler, Transport } from '../transport.ts'

/** The same transport but for these methods. */
export function changedTransport(
  transport: Transport,
  changes: Partial<Pick<Transport, 'write' | 'end' | 'pauseReading' | 'after'>>,
): Transport {
  return {
    write: (bytes) => transport.write(bytes),
    end: () => transport.end(),
    close: () => transport.close(),
    abort: () => transport.abort(),
    pauseReading: () => transport.pauseReading(),
    resumeReading: () => transport.resumeReading(),
    get buffered() {
      return transport.buffered
    },
    after: (ms, action) => transport.after(ms, action),
    ...changes,
  }
}

/** The same handler but for these methods. */
export function changedHandler(handler: Handler, changes: Partial<Handler>): Handler {
  return {
    received: (bytes) => handler.received(bytes),
    receivedEnd: () => handler.receivedEnd(),
    drained: () => handler.drained(),
    shutdown: () => handler.shutdown(),
    lost: (error) => handler.lost(error),
    ...changes,
  }
}
