import { isIPv4, isIPv6 } from 'node:net'

/**
 * The bytes of an address in network order: 4 for IPv4 and for an IPv4 address mapped into IPv6 (`::ffff:127.0.0.1`, as
 * a dual-stack server sees its IPv4 clients), 16 for any other IPv6 address. A zone (`%eth0`) is left out.
 * Throws on anything that is not a numeric address.
 */
export function addressBytes(address: string): Uint8Array {
  const bare = address.split('%', 1)[0] ?? ''
  if (isIPv4(bare)) return Uint8Array.from(bare.split('.'), Number)
  if (!isIPv6(bare)) throw new TypeError(`not a numeric IP address: '${address}'; resolve host names first`)
  const bytes = ipv6Bytes(bare)
  return isMapped(bytes) ? bytes.slice(12) : bytes
}

/** `::ffff:a.b.c.d` for four bytes; sixteen bytes as they are. */
export function mappedBytes(bytes: Uint8Array): Uint8Array {
  return bytes.length === 16 ? bytes : Uint8Array.of(...MAPPED_PREFIX, ...bytes)
}

const MAPPED_PREFIX: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

function ipv6Bytes(address: string): Uint8Array {
  // The URL parser writes every IPv6 address in one way: hexadecimal groups, the longest run of zeros as `::`.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const before = groups(head)
  const after = groups(tail ?? '')
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function isMapped(bytes: Uint8Array): boolean {
  return MAPPED_PREFIX.every((byte, index) => bytes[index] === byte)
}
