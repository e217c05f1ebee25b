/** A stream that text is written to, and that may go away while the run goes on (`tornwire fuzz … | head`). */
export interface TextOut {
  readonly stream: NodeJS.WritableStream
  /** Writes, unless the reader has gone. */
  write(text: string): void
  /** The reader has gone (EPIPE), or the stream failed in another way. */
  readonly gone: boolean
}

/** Guards a stream: its errors do not end the program. `lost` is told once, with the error's code. */
export function textOut(stream: NodeJS.WritableStream, lost: (code: string) => void = () => {}): TextOut {
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (gone) return
    gone = true
    lost(error.code ?? error.message)
  })
  return {
    stream,
    write(text) {
      if (!gone) stream.write(text)
    },
    get gone() {
      return gone
    },
  }
}
