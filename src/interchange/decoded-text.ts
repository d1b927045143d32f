import type { Irregularities } from './irregularities.ts'

/** Decodes UTF-8 that comes in pieces, and notes what is none. */
export class DecodedText {
  readonly #decoder = new TextDecoder()
  readonly #irregularities: Irregularities

  constructor(irregularities: Irregularities) {
    this.#irregularities = irregularities
  }

  /** @param line where the piece begins */
  decode(bytes: Uint8Array, line: number): string {
    return this.#noted(this.#decoder.decode(bytes, { stream: true }), line)
  }

  /** What is left when a file ends. */
  end(line: number): string {
    return this.#noted(this.#decoder.decode(), line)
  }

  #noted(text: string, line: number): string {
    const at = text.indexOf('\ufffd')
    if (at !== -1) {
      const before = text.slice(0, at)
      this.#irregularities.noteOnce(
        { line: line + before.split('\n').length - 1, column: at - before.lastIndexOf('\n') },
        'What is no UTF-8 was replaced by \ufffd.',
      )
    }
    return text
  }
}
