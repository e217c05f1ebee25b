/** Most data bytes of a frame where a codec is not told otherwise: 1 MiB. */
export const DEFAULT_LIMIT = 1_048_576

/** The limit in bytes of data, checked. Throws on anything but a whole number that a buffer can hold. */
export function checkedLimit(limit: number = DEFAULT_LIMIT): number {
  return checkedSize('limit', limit, 0)
}

/** A number of bytes from a declaration, checked. `name` is what the declaration calls it. */
export function checkedSize(name: string, bytes: number, least: number, most = 2 ** 31 - 1): number {
  if (Number.isInteger(bytes) && bytes >= least && bytes <= most) return bytes
  throw new RangeError(`${name} must be a whole number of bytes from ${least} to ${most}, not ${bytes}`)
}
