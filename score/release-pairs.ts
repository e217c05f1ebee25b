import type { Expected } from './entrant.ts'

/** Two releases of a package, between which a bug was fixed. */
export interface Pair {
  readonly bad: string
  readonly good: string
  /** A file of `examples/`, and one of `score/servers/`, without their endings. */
  readonly protocol: string
  readonly server: string
  readonly expected: Expected
  /** Claims that both break by design, each with its reason in a comment. */
  readonly exempt: readonly string[]
}

const STREAM = ['any/answers', 'any/cuts', 'any/half-close', 'any/pauses', 'any/flood']

export const PAIRS: readonly Pair[] = [
  {
    // A remaining length of 128 or more, torn between its bytes: mqttjs/mqtt-packet#95.
    bad: 'mqtt-packet@6.6.0',
    good: 'mqtt-packet@6.7.0',
    protocol: 'mqtt',
    server: 'mqtt',
    expected: { property: 'any/answers', rule: 'answers', also: STREAM },
    exempt: [],
  },
  {
    // Requests are thought to come one a read: yaacov/node-modbus-serial#210.
    bad: 'modbus-serial@7.0.1',
    good: 'modbus-serial@8.0.25',
    protocol: 'modbus',
    server: 'modbus',
    expected: { property: 'any/answers', rule: 'crash', also: STREAM },
    // Both work answers out later and let Node end the connection when the client does (`allowHalfOpen` is not set).
    // Neither looks at what `write` says, and so holds whatever a client does not read.
    exempt: ['any/half-close', 'any/hoarding'],
  },
  {
    // A CLOSE torn behind its header is never answered: websockets/ws#1493.
    bad: 'ws@6.1.2',
    good: 'ws@6.1.3',
    protocol: 'websocket',
    server: 'websocket',
    expected: { property: 'any/answers', rule: 'answers', also: STREAM },
    exempt: [],
  },
  {
    // Each read is made text by itself: mcollina/split2#6.
    bad: 'split2@1.1.1',
    good: 'split2@2.0.0',
    protocol: 'text-lines',
    server: 'lines',
    expected: { property: 'any/answers', rule: 'answers', also: STREAM },
    // The server around it does not look at what `write` says, and so holds whatever a client does not read.
    // The good one joins the rest of a line with each read, and splits all of it anew.
    exempt: ['any/hoarding', 'any/rescan'],
  },
  {
    // Two strings of 65,527 bytes, and the first becomes the second: NodeRedis/node-redis-parser#6.
    bad: 'redis-parser@2.0.1',
    good: 'redis-parser@2.0.2',
    protocol: 'resp',
    server: 'resp',
    expected: { property: 'any/answers', rule: 'answers', also: STREAM },
    // Nor does the server around this one.
    exempt: ['any/hoarding'],
  },
]
