import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import type { Address } from '../address.ts'

/** A server of datagrams in this process. `answer` sends one to whom it likes. */
export interface DatagramServer {
  readonly address: Address
  close(): Promise<void>
}

/** What a test server does with each datagram. */
export type OnDatagram = (bytes: Buffer, from: RemoteInfo, answer: (bytes: Uint8Array, to?: RemoteInfo) => void) => void

export async function datagramServer(onDatagram: OnDatagram): Promise<DatagramServer> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.on('message', (bytes, from) => {
    onDatagram(bytes, from, (answer, to = from) => socket.send(answer, to.port, to.address))
  })
  return {
    address: { host: '127.0.0.1', port: socket.address().port, transport: 'udp' },
    close: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
