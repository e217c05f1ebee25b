import type { Socket } from 'node:net'
import type { Service, ServiceOptions } from '../transport.ts'
import { alarmOf } from './alarm.ts'
import { converse } from './converse.ts'
import { StreamChannel } from './stream-channel.ts'

/** Runs a service on a socket that nobody else uses, by waits with a limit each, until it is closed. */
export function converseWithin(
  socket: Socket,
  service: Service,
  options: ServiceOptions,
  stopping: AbortSignal,
): Promise<void> {
  const channel = new StreamChannel(socket)
  return converse(channel, service, options, { alarm: alarmOf(() => channel.interrupt()), stopping })
}
