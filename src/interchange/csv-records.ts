import { CsvError, type Parser, parse } from 'csv-parse'
import { type Delimiter, declaredDelimiter, detectDelimiter } from '../register/csv-delimiter.ts'
import type { Irregularities } from './irregularities.ts'
import { decodeText, takenForWindows1252 } from './text-encoding.ts'

/** Longest record, in bytes; a quote that is never closed would swallow the rest of the file. */
const longestRecord = 1 << 24

/** How much of a file the delimiter is judged by, in bytes. */
const headBytes = 1 << 14

interface CsvRecordsOptions {
  readonly irregularities: Irregularities
  /** Found out from the file when left out. */
  readonly delimiter?: Delimiter
  /** @param line on which the record begins */
  readonly record: (cells: readonly string[], line: number) => void
}

/** Cuts CSV into records, piece by piece, and calls for each as it comes. */
export class CsvRecords {
  readonly #options: CsvRecordsOptions
  #head: Buffer = Buffer.alloc(0)
  #parser: Parser | undefined
  /** Lines that the parser isn't given. */
  #linesBefore = 0
  /** The line after the last whole record. */
  #nextLine = 1

  constructor(options: CsvRecordsOptions) {
    this.#options = options
  }

  /** @throws BallotFileUnreadable, and what `record` throws */
  write(bytes: Uint8Array): void {
    if (this.#parser) this.#feed(bytes)
    else {
      this.#head = Buffer.concat([this.#head, bytes])
      if (this.#head.length >= headBytes) this.#begin()
    }
  }

  /** @throws BallotFileUnreadable, and what `record` throws */
  end(): void {
    if (this.#parser === undefined) this.#begin()
    this.#parser!.end()
    this.#rethrow()
  }

  #begin(): void {
    const bom = this.#head[0] === 0xef && this.#head[1] === 0xbb && this.#head[2] === 0xbf
    let text = bom ? this.#head.subarray(3) : this.#head
    const sample = text.toString('latin1', 0, headBytes)
    const declared = this.#options.delimiter === undefined ? declaredDelimiter(sample) : undefined
    if (declared !== undefined) {
      text = text.subarray(text.indexOf(0x0a) + 1)
      this.#linesBefore = 1
    }
    this.#parser = parse({
      delimiter: this.#options.delimiter ?? declared ?? detectDelimiter(sample),
      record_delimiter: ['\r\n', '\n', '\r'],
      // Bytes as they are; each cell is decoded for itself, see `decoded`.
      encoding: 'latin1',
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRecord,
      // Called as the bytes are written; nothing goes out of the stream.
      on_record: (cells: string[], { lines }) => {
        const line = this.#linesBefore + lines - lineEndsIn(cells)
        this.#nextLine = this.#linesBefore + lines + 1
        this.#options.record(
          cells.map((cell) => this.#decoded(cell, line).trim()),
          line,
        )
        return null
      },
    })
    // The parser holds the error as well, and `#rethrow` takes it from there.
    this.#parser.on('error', () => {})
    this.#feed(text)
    this.#head = Buffer.alloc(0)
  }

  #feed(bytes: Uint8Array): void {
    this.#parser!.write(bytes)
    this.#rethrow()
  }

  #rethrow(): void {
    const error = this.#parser!.errored
    if (error === null) return
    if (!(error instanceof CsvError)) throw error
    // The parser notices at the end of the file that a quote was opened long before.
    throw this.#options.irregularities.unreadable({ line: this.#nextLine, column: 1 }, sentenceOf(error.code))
  }

  #decoded(cell: string, line: number): string {
    if (!/[\x80-\xff]/.test(cell)) return cell
    const { text, encoding } = decodeText(Buffer.from(cell, 'latin1'))
    if (encoding !== 'utf-8') this.#options.irregularities.noteOnce({ line, column: 1 }, takenForWindows1252)
    return text
  }
}

function sentenceOf(code: CsvError['code']): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quote is opened and never closed.'
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'A quote stands inside a quoted cell; it should be doubled.'
    case 'INVALID_OPENING_QUOTE':
      return 'A quote stands inside a cell without quotes.'
    case 'CSV_MAX_RECORD_SIZE':
      return 'This record is too long; perhaps a quote is never closed.'
    default:
      return 'This is no CSV.'
  }
}

function lineEndsIn(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++
  }
  return count
}
