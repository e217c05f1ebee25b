// A piece of Modbus/TCP (Modbus Messaging on TCP/IP, section 3.1.3): read holding registers, of which each holds its address.
//
//     npx tornwire fuzz 127.0.0.1:502 --protocol examples/modbus.ts

import { defineProtocol, type PartsFrame } from 'tornwire'

const READ_HOLDING_REGISTERS = 3

/** Transaction, protocol 0 and a length, which is filled in; then unit, function, first register, how many of them. */
const read = (transaction: number, first: number, count: number): PartsFrame => ({
  head: Uint8Array.of(0, transaction, 0, 0, 0, 0),
  data: Uint8Array.of(1, READ_HOLDING_REGISTERS, first >> 8, first & 0xff, 0, count),
})

function answer({ head, data }: PartsFrame): PartsFrame {
  const request = Buffer.from(data)
  const first = request.readUInt16BE(2)
  const count = request.readUInt16BE(4)
  const registers = Buffer.alloc(2 * count)
  for (let at = 0; at < count; at++) registers.writeUInt16BE(first + at, 2 * at)
  const start = Uint8Array.of(1, READ_HOLDING_REGISTERS, registers.length)
  return { head: Uint8Array.of(...head.subarray(0, 4), 0, 0), data: Buffer.concat([start, registers]) }
}

export default defineProtocol({
  name: 'modbus',
  codec: { framing: 'length', length: { offset: 4, width: 2, order: 'big' }, head: 6, limit: 254 },
  samples: [read(1, 0, 1), read(2, 300, 3), read(3, 65_000, 100), read(4, 7, 2)],
  // A request that has not six bytes is none of these; what it gets, and what follows it, is not said here.
  model: ({ frames, ended }) => {
    const wrong = frames.findIndex(({ data }) => data.length !== 6)
    const known = wrong === -1 ? frames : frames.slice(0, wrong)
    return { answers: known.map(answer), end: ended ? 'fin' : 'open', unspecified: wrong !== -1 }
  },
})
