import type { Scene } from '../scene.ts'

/** What the clients of one play share: all but a protocol, since a datagram is one without being understood. */
export type DatagramScene = Omit<Scene<unknown>, 'protocol'>
