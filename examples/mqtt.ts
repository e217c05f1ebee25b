// A piece of MQTT 3.1.1 (sections 2.2, 3.3, 3.4, 3.12): PUBLISH with QoS 1 gets PUBACK, PINGREQ gets PINGRESP. For servers
// that ask for no CONNECT first.
//
//     npx tornwire fuzz 127.0.0.1:1883 --protocol examples/mqtt.ts

import { defineProtocol, type PartsFrame } from 'tornwire'

const PUBLISH = 0x32
const PINGREQ = 0xc0

/** A packet: its first byte, and what its remaining length counts. */
const packet = (first: number, ...rest: Uint8Array[]): PartsFrame => ({
  head: Uint8Array.of(first),
  data: Buffer.concat(rest),
})

/** The length of the topic, the topic, the packet's number, the payload. */
const publish = (id: number, topic: string, payload: string): PartsFrame =>
  packet(PUBLISH, Buffer.of(0, Buffer.byteLength(topic)), Buffer.from(topic), Buffer.of(0, id), Buffer.from(payload))

function answer({ head, data }: PartsFrame): PartsFrame[] {
  if (head[0] === PINGREQ) return [packet(0xd0)]
  const topic = 256 * data[0]! + data[1]!
  return [packet(0x40, data.subarray(2 + topic, 4 + topic))]
}

const isWhole = ({ head, data }: PartsFrame): boolean =>
  head[0] === PINGREQ ? data.length === 0 : data.length >= 4 && data.length >= 4 + 256 * data[0]! + data[1]!

export default defineProtocol({
  name: 'mqtt',
  codec: { framing: 'varint', flavour: 'leb128', head: 1 },
  samples: [
    packet(PINGREQ),
    publish(1, 'a', ''),
    publish(2, 'a/b', 'hello'),
    publish(3, 'žluťoučký', 'kůň'),
    publish(4, 'a', 'x'.repeat(122)),
    publish(5, 'a', 'y'.repeat(200)),
    publish(6, 'a/b/c', 'z'.repeat(20_000)),
  ],
  // Of a PUBLISH that is too short for its topic and number nothing is known, nor of what follows it.
  model: ({ frames, ended }) => {
    const wrong = frames.findIndex((frame) => !isWhole(frame))
    const known = wrong === -1 ? frames : frames.slice(0, wrong)
    return { answers: known.flatMap(answer), end: ended ? 'fin' : 'open', unspecified: wrong !== -1 }
  },
})
