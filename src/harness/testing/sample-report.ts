import type { Case } from '../case.ts'
import type { Report } from '../report.ts'

/** One byte and a FIN right after it. */
export const HALF_CLOSE: Case = {
  connections: [{ steps: [{ do: 'send', bytes: Uint8Array.of(0x61) }, { do: 'end' }], cuts: [] }],
  turns: [],
}

/** A whole report, with any part of it changed. */
export function sampleReport(changed: Partial<Report> = {}): Report {
  return {
    tornwire: 1,
    tool: { name: 'tornwire', version: '0.1.0' },
    target: '127.0.0.1:7000',
    protocol: 'echo',
    property: 'any/half-close',
    claim: 'What was sent before a FIN is answered.',
    source: 'RFC 9293, 3.6',
    rule: 'answer-missing',
    expected: '1 byte, then FIN',
    actual: 'FIN after 0 bytes',
    confirmed: { failed: 5, tried: 5 },
    seed: 42,
    case: HALF_CLOSE,
    transcripts: [
      {
        connections: [
          { sent: 1, ended: true, received: new Uint8Array(), ending: 'fin', cuts: { requested: 0, proven: 0 } },
        ],
        events: [
          { at: 0.1, on: 0, did: 'connected', port: 40_000 },
          { at: 0.312, on: 0, did: 'sent', from: 0, to: 1 },
          { at: 0.313, on: 0, did: 'sent-fin', withData: true },
          { at: 0.9, on: 0, did: 'got-fin' },
          { at: 1, on: 0, did: 'closed' },
        ],
      },
    ],
    server: { output: 'listening\n' },
    ...changed,
  }
}
