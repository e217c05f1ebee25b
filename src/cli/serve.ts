import { resolveHost } from '../harness/target/host.ts'
import { TargetNameError } from '../harness/target/target.ts'
import { entryNamed, SERVER_NAMES } from '../servers-under-test/catalogue.ts'
import { ListenError } from '../servers-under-test/listen-error.ts'
import { serve } from '../servers-under-test/serve.ts'
import { EXIT, UsageError } from './exit.ts'

export interface ServeCommandOptions {
  readonly protocol?: string
  readonly port: number
  readonly host: string
  /** Milliseconds. */
  readonly idle: number
  readonly limit?: number
  readonly dir?: string
}

/** `tornwire serve`. Resolves to the exit status when the server has stopped. Throws `UsageError`. */
export async function serveCommand(
  name: string,
  { protocol, port, host, idle, limit, dir = process.env.TORNWIRE_DIR }: ServeCommandOptions,
): Promise<number> {
  const entry = await entryNamed(name)
  if (entry === undefined) throw new UsageError(`no server '${name}'; there are: ${SERVER_NAMES.join(', ')}`)
  if (protocol !== undefined && !entry.protocols.some((spoken) => spoken === protocol)) {
    throw new UsageError(`${name} does not speak '${protocol}'; it speaks: ${entry.protocols.join(', ')}`)
  }
  try {
    const address = await resolveHost(host, port, [])
    await serve(name, {
      ...(protocol === undefined ? {} : { protocol }),
      port,
      host: address.host,
      idleMs: idle,
      ...(limit === undefined ? {} : { limit }),
      ...(dir === undefined ? {} : { dir }),
    })
    return EXIT.pass
  } catch (error) {
    if (error instanceof ListenError) throw new UsageError(error.message)
    if (error instanceof TargetNameError)
      throw new UsageError(`${host} is not on this machine: reference servers listen on loopback only`)
    throw error
  }
}
