import type { Place } from './irregularities.ts'

const comma = 0x2c
const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d
const zero = 0x30
const nine = 0x39

/** The longest row, in bytes; a quote that is never closed would swallow the rest of the file. */
const longestRow = 1 << 22

/** A row of a CSV, good until the next one is read. Cells are numbered from 0. */
export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number
  readonly length: number
  /** The text of a cell, without spaces around it; empty beyond the end of the row. */
  text(cell: number): string
  isEmpty(cell: number): boolean
  /** The whole number below 2^31 in a cell; -1 where there is none. */
  wholeNumber(cell: number): number
  /** Where a cell begins. Columns count bytes. */
  place(cell: number): Place
}

/**
 * Tells the rows of a CSV apart (RFC 4180: commas, quotes doubled inside quotes), a piece at a time, and
 * hands each over without making strings of its cells. Empty rows are left out.
 */
export class CsvRows {
  readonly #take: (row: CsvRow) => void
  readonly #unreadable: (place: Place, message: string) => Error
  readonly #row = new RowOfBytes()
  #rest: Uint8Array = new Uint8Array(0)
  #line = 1
  #begun = false

  constructor(take: (row: CsvRow) => void, unreadable: (place: Place, message: string) => Error) {
    this.#take = take
    this.#unreadable = unreadable
  }

  /** @throws BallotFileUnreadable if a quote is not closed within four million bytes */
  write(bytes: Uint8Array): void {
    let all = bytes
    if (this.#rest.length > 0) {
      all = new Uint8Array(this.#rest.length + bytes.length)
      all.set(this.#rest)
      all.set(bytes, this.#rest.length)
    }
    if (!this.#begun && all.length < 3) {
      this.#rest = new Uint8Array(all)
      return
    }
    const start = this.#begun || !beginsWithMark(all) ? 0 : 3
    this.#begun = true
    const end = this.#readRows(all, start)
    if (all.length - end > longestRow) {
      throw this.#unreadable({ line: this.#line, column: 1 }, 'A row is too long; is a quote not closed?')
    }
    // A copy by the constructor: `slice` of a Buffer is a view.
    this.#rest = new Uint8Array(all.subarray(end))
  }

  /** The last row needs no line end. @throws BallotFileUnreadable if a quote is not closed */
  end(): void {
    if (this.#rest.length === 0) return
    this.#begun = true
    this.#rest = joinedWithLineEnd(this.#rest)
    if (this.#readRows(this.#rest, 0) < this.#rest.length) {
      throw this.#unreadable({ line: this.#line, column: 1 }, 'A quote is not closed.')
    }
    this.#rest = new Uint8Array(0)
  }

  /** @returns where the row begins that is not complete */
  #readRows(piece: Uint8Array, from: number): number {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    const row = this.#row
    let start = from
    for (;;) {
      const end = row.read(bytes, start, this.#line)
      if (end === -1) return start
      if (row.length > 1 || !row.isEmpty(0)) this.#take(row)
      this.#line += row.lines
      start = end
    }
  }
}

class RowOfBytes implements CsvRow {
  line = 1
  length = 0
  /** Line ends in the row, its own included. */
  lines = 0
  #bytes: Buffer = Buffer.alloc(0)
  #start = 0
  /** Where each cell begins, and after the last one where the row ends. Cells are separated by one byte. */
  #starts = new Int32Array(64)

  /** @returns where the next row begins; -1 if this one is not complete */
  read(bytes: Buffer, from: number, line: number): number {
    let starts = this.#starts
    let count = 1
    let lines = 0
    let isQuoted = false
    starts[0] = from
    for (let at = from; at < bytes.length; at++) {
      const code = bytes[at]!
      if (code > comma) continue
      if (code === quote) isQuoted = !isQuoted
      else if (code === lineFeed) {
        lines++
        if (isQuoted) continue
        starts[count] = at + 1
        this.#bytes = bytes
        this.#start = from
        this.line = line
        this.length = count
        this.lines = lines
        return at + 1
      } else if (code === comma && !isQuoted) {
        if (count + 2 > starts.length) {
          this.#starts = new Int32Array(starts.length * 2)
          this.#starts.set(starts)
          starts = this.#starts
        }
        starts[count++] = at + 1
      }
    }
    return -1
  }

  text(cell: number): string {
    if (cell >= this.length) return ''
    const { start, end } = this.#bounds(cell)
    const text = this.#bytes.toString('utf8', start, end).trim()
    return text.startsWith('"') ? text.replace(/^"|"$/g, '').replaceAll('""', '"').trim() : text
  }

  isEmpty(cell: number): boolean {
    if (cell >= this.length) return true
    const { start, end } = this.#bounds(cell)
    return end === start || this.text(cell) === ''
  }

  wholeNumber(cell: number): number {
    if (cell >= this.length) return -1
    let { start, end } = this.#bounds(cell)
    if (this.#bytes[start] === quote && this.#bytes[end - 1] === quote) {
      start++
      end--
    }
    if (start >= end || end - start > 9) return -1
    let value = 0
    for (let at = start; at < end; at++) {
      const code = this.#bytes[at]!
      if (code < zero || code > nine) return -1
      value = value * 10 + (code - zero)
    }
    return value
  }

  place(cell: number): Place {
    const start = cell < this.length ? this.#starts[cell]! : this.#starts[this.length]! - 1
    return { line: this.line, column: start - this.#start + 1 }
  }

  #bounds(cell: number): { start: number; end: number } {
    const start = this.#starts[cell]!
    let end = this.#starts[cell + 1]! - 1
    if (end > start && this.#bytes[end - 1] === carriageReturn) end--
    return { start, end }
  }
}

function beginsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function joinedWithLineEnd(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(bytes.length + 1)
  all.set(bytes)
  all[bytes.length] = lineFeed
  return all
}
