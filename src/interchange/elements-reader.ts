import type { BallotFile } from './ballot-file.ts'
import type { BallotReader } from './ballot-format.ts'
import { DecodedText } from './decoded-text.ts'
import type { Irregularities } from './irregularities.ts'

/** Tells the elements of a text apart, JSON or XML. */
interface ElementStream {
  /** @throws BallotFileUnreadable */
  write(text: string): void
  /** The text is complete. @throws BallotFileUnreadable */
  end(): void
  /** The text is complete, and another follows. @throws BallotFileUnreadable */
  next(): void
}

/** Reads files that consist of elements in UTF-8. */
export class ElementsReader implements BallotReader {
  readonly #elements: ElementStream
  readonly #finish: () => BallotFile
  readonly #irregularities: Irregularities
  #text: DecodedText

  /** @param finish makes what was read of all the elements that the stream handed over */
  constructor(elements: ElementStream, finish: () => BallotFile, irregularities: Irregularities) {
    this.#elements = elements
    this.#finish = finish
    this.#irregularities = irregularities
    this.#text = new DecodedText(irregularities)
  }

  write(bytes: Uint8Array): void {
    this.#elements.write(this.#text.decode(bytes))
  }

  nextFile(): void {
    this.#endText()
    this.#elements.next()
    this.#text = new DecodedText(this.#irregularities)
  }

  end(): BallotFile {
    this.#endText()
    this.#elements.end()
    return this.#finish()
  }

  #endText(): void {
    this.#elements.write(this.#text.end())
  }
}
