import type { Irregularities } from './irregularities.ts'

/** Decodes UTF-8 that comes in pieces, and notes where it is none. */
export class DecodedText {
  readonly #decoder = new TextDecoder()
  readonly #irregularities: Irregularities
  #line = 1
  /** Characters of the line before the next piece. */
  #column = 0

  constructor(irregularities: Irregularities) {
    this.#irregularities = irregularities
  }

  decode(bytes: Uint8Array): string {
    return this.#checked(this.#decoder.decode(bytes, { stream: true }))
  }

  /** What is left when a file ends. */
  end(): string {
    return this.#checked(this.#decoder.decode())
  }

  #checked(text: string): string {
    let lineStart = -this.#column
    const damage = text.indexOf('\ufffd')
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      if (damage !== -1 && at > damage) break
      this.#line++
      lineStart = at + 1
    }
    if (damage !== -1) {
      const place = { line: this.#line, column: damage - lineStart + 1 }
      this.#irregularities.noteOnce(place, 'What is no UTF-8 was replaced by \ufffd.')
    }
    this.#column = text.length - lineStart
    return text
  }
}
