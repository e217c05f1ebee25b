import { parseAddress, resolveHost } from '../harness/target/host.ts'
import { TargetNameError } from '../harness/target/target.ts'
import { UsageError } from './exit.ts'

/** The address that a user named, HOST:PORT; loopback, or a host that is `allowed`. Throws `UsageError`. */
export async function resolveAddress(
  name: string,
  allowed: readonly string[],
): Promise<{ readonly host: string; readonly port: number }> {
  try {
    const { host, port, scheme } = parseAddress(name, false)
    if (scheme === 'udp') throw new UsageError(`${name}: this command speaks over TCP; name HOST:PORT`)
    return await resolveHost(host, port, allowed)
  } catch (error) {
    if (error instanceof TargetNameError) throw new UsageError(error.message)
    throw error
  }
}
