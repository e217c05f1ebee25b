import type { Socket } from 'node:dgram'

/** Sockets that are over and yet kept open, at the most. */
const MOST_RETIRED = 64

/** Whoever can be told to give up. */
export interface Client {
  abandon(why: string): void
}

/**
 * The client sockets of a run. One that is over stays open for a while: an answer that comes late, from a server that holds
 * it back, would otherwise reach whoever is given its port next, and be none of that one's.
 */
export class ClientSockets {
  readonly #atWork = new Set<Client>()
  readonly #retired: Socket[] = []
  #over: string | undefined

  /** This one works, until its socket is retired. Told at once to give up where the run is over. */
  join(client: Client): void {
    this.#atWork.add(client)
    if (this.#over !== undefined) client.abandon(this.#over)
  }

  /** Takes a socket that nobody reads from any more. */
  retire(client: Client, socket: Socket | undefined): void {
    this.#atWork.delete(client)
    if (socket === undefined) return
    socket
      .removeAllListeners('message')
      .removeAllListeners('error')
      .on('error', () => {})
    socket.unref()
    this.#retired.push(socket)
    if (this.#retired.length > MOST_RETIRED) this.#retired.shift()?.close()
  }

  /** Ends whatever is under way, for a reason of ours, and whatever joins from now on. */
  abandonAll(why: string): void {
    this.#over = why
    for (const client of this.#atWork) client.abandon(why)
  }

  closeAll(): void {
    for (const socket of this.#retired.splice(0)) socket.close()
  }
}
