import { session } from '../session.ts'

/**
 * UTF-8 text comes back in upper case (Unicode default mapping, no locale; so `ß` becomes `SS`). Each malformed sequence
 * is answered with U+FFFD as the WHATWG Encoding standard replaces it, and so is a character that the client's FIN cuts
 * off. A byte order mark is a character like any other.
 */
export const upperService = session(() => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return {
    heard: (bytes) => ({ answers: upper(decoder.decode(bytes, { stream: true })) }),
    heardEnd: () => ({ answers: upper(decoder.decode()) }),
    heardNothing: () => ({ answers: [] }),
  }
})

function upper(text: string): Uint8Array[] {
  return text === '' ? [] : [Buffer.from(text.toUpperCase())]
}
