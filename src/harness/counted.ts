/** `1 byte`, `2,048 bytes`: a number with its noun, thousands set apart. */
export function counted(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? noun : plural}`
}

/** `A`, `B`, … `Z`, `AA`, …: what people call the connection with this index. */
export function letterOf(connection: number): string {
  const last = String.fromCharCode(65 + (connection % 26))
  return connection < 26 ? last : letterOf(Math.floor(connection / 26) - 1) + last
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[], and = 'and'): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`
}
