import { session } from '../session.ts'

/** The echo protocol, RFC 862: every byte goes back as it came, until the client ends its side. */
export const echoService = session(() => ({
  heard: (bytes) => ({ answers: [bytes] }),
  heardEnd: () => ({ answers: [] }),
  heardNothing: () => ({ answers: [] }),
}))
