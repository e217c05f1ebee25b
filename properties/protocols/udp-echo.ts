import { rawCodec } from '../../src/codec/raw.ts'
import type { Protocol } from '../../src/harness/protocol.ts'
import { answered } from '../udp/answered.ts'
import { apart } from '../udp/apart.ts'
import { whole } from '../udp/whole.ts'

/** RFC 862 over UDP: the data of each datagram is sent back in one, if neither is lost. */
export const udpEcho: Protocol<Uint8Array> = {
  name: 'udp-echo',
  about: 'datagrams over UDP, each sent back by itself (RFC 862)',
  transport: 'udp',
  codec: rawCodec(),
  properties: [whole, apart, answered],
}
