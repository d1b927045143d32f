import type { BallotFile } from './ballot-file.ts'
import type { BallotReader } from './ballot-format.ts'
import type { Irregularities } from './irregularities.ts'
import { decodeText, takenForWindows1252 } from './text-encoding.ts'

/** The longest line, in bytes. */
const longestLine = 1 << 26

const lineFeed = 0x0a

/** What a format makes of its lines. */
export interface LineFormat {
  /** @param number from 1 */
  line(text: string, number: number): void
  /** @param lines how many there were */
  end(lines: number): BallotFile
}

/** Cuts a file into lines, whatever ends them, and decodes them. */
export class LineReader implements BallotReader {
  readonly #format: LineFormat
  readonly #irregularities: Irregularities
  /** The beginning of a line that is cut by the end of a piece. */
  #rest: Uint8Array[] = []
  #restLength = 0
  #number = 0

  constructor(format: LineFormat, irregularities: Irregularities) {
    this.#format = format
    this.#irregularities = irregularities
  }

  write(bytes: Uint8Array): void {
    let start = 0
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      this.#take(bytes.subarray(start, end))
      start = end + 1
    }
    if (start === bytes.length) return
    // A copy by the constructor: `slice` of a Buffer is a view.
    this.#rest.push(new Uint8Array(bytes.subarray(start)))
    this.#restLength += bytes.length - start
    if (this.#restLength > longestLine) {
      throw this.#irregularities.unreadable({ line: this.#number + 1, column: 1 }, 'This line is too long.')
    }
  }

  end(): BallotFile {
    if (this.#restLength > 0) this.#take(new Uint8Array(0))
    return this.#format.end(this.#number)
  }

  #take(bytes: Uint8Array): void {
    let line = bytes
    if (this.#restLength > 0) {
      line = Buffer.concat([...this.#rest, bytes])
      this.#rest = []
      this.#restLength = 0
    }
    const { text, encoding } = decodeText(line)
    if (encoding !== 'utf-8')
      this.#irregularities.noteOnce({ line: this.#number + 1, column: 1 }, takenForWindows1252)
    const whole = this.#number === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text
    // Old files end lines with a carriage return alone.
    const lines = (whole.endsWith('\r') ? whole.slice(0, -1) : whole).split('\r')
    for (const each of lines) this.#format.line(each, ++this.#number)
  }
}
