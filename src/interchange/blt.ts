import type { BallotGroups } from '../tabulation/ballot-groups.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from './ballot-format.ts'
import { isDelimiter } from './blt-bytes.ts'
import { readBltNames } from './blt-names.ts'
import { BltScanner } from './blt-scanner.ts'
import { writeBlt } from './blt-writer.ts'
import { Irregularities } from './irregularities.ts'

/** BLT, as OpaVote, OpenSTV, droop and the published Scottish ballots have it; David Hill's files are BLT too. */
export const blt: BallotFormat = {
  id: 'blt',
  title: 'BLT (OpaVote, OpenSTV, droop), HIL (David Hill)',
  extensions: ['blt', 'hil'],
  // After a few numbers come more of them, or the 0 that ends the ballots and the first name.
  fits: (head) =>
    /^\uFEFF?(\s*#[^\n]*\n)*\s*\d+[ \t,]+\d+\s*(,|#|\[|\(|[-\d.\s,=]*$|[-\d.\s,=]{12}|([-\d.\s,=]*\s)?0\s+")/.test(
      head,
    ),
  reader: (options) => new BltReader(options),
  write: writeBlt,
  keeps: ['title', 'seats', 'withdrawn', 'tieOrder'],
  needsSeats: true,
}

/** A file of BLT with the seats that the format always names. */
export interface BltFile extends BallotFile {
  readonly seats: number
  readonly ballots: BallotGroups
}

/** The longest word, in bytes. */
const longestWord = 1 << 20

/**
 * Reads BLT, a piece at a time. What must last is copied with a constructor: `slice` of a Buffer is a view.
 *
 * `options seats`, then withdrawn options as `-2`, then ballots as `weight ranks 0`, in which `=` joins
 * options of one rank and `-` is a rank left empty, then `0`, the names of the options and the title. `#`
 * begins a comment. `[nick …]` gives options short names, `[tie …]` an order to decide ties by and
 * `[withdrawn …]` withdraws some. A ballot can have an `(id)` before it. Taken with a warning: commas as
 * spaces, names without quotes, missing names or title, text after the title.
 */
export class BltReader implements BallotReader {
  readonly #irregularities: Irregularities
  readonly #scanner: BltScanner
  /** The beginning of a word that is cut by the end of a piece. */
  #word: Uint8Array = new Uint8Array(0)
  #names: Uint8Array[] | undefined
  #begun = false

  constructor(options: ReadOptions) {
    this.#irregularities = new Irregularities('blt', options.irregularities)
    this.#scanner = new BltScanner(options, this.#irregularities)
  }

  write(bytes: Uint8Array): void {
    if (this.#names) {
      this.#names.push(new Uint8Array(bytes))
      return
    }
    let start = 0
    if (this.#word.length > 0 || !this.#begun) {
      while (start < bytes.length && !isDelimiter(bytes[start++]!));
      this.#word = joined(this.#word, bytes.subarray(0, start))
      // A comment can be longer: as it goes on, the word doesn't matter.
      if (this.#word.length > longestWord && this.#scanner.mode === 'numbers') {
        throw this.#irregularities.unreadable({ line: this.#scanner.line, column: 1 }, 'A word is too long.')
      }
      if (!isDelimiter(this.#word.at(-1) ?? 0)) return
      const word = this.#begun ? this.#word : withoutByteOrderMark(this.#word)
      this.#begun = true
      this.#word = new Uint8Array(0)
      this.#take(word)
    }
    let end = bytes.length
    while (end > start && !isDelimiter(bytes[end - 1]!)) end--
    this.#take(bytes.subarray(start, end))
    if (this.#names === undefined) this.#word = new Uint8Array(bytes.subarray(end))
    else this.#take(bytes.subarray(end))
  }

  end(): BltFile {
    if (this.#names === undefined) {
      const word = this.#begun ? this.#word : withoutByteOrderMark(this.#word)
      this.#take(joined(word, new Uint8Array([0x20])))
    }
    const scanner = this.#scanner
    scanner.end()
    const names = readBltNames(
      Buffer.concat(this.#names!),
      scanner.line,
      scanner.optionCount,
      this.#irregularities,
    )
    const { withdrawn, tieOrder } = scanner.options!
    return {
      ...names,
      seats: scanner.seats,
      withdrawn: [...withdrawn].sort((a, b) => a - b),
      ...(tieOrder && { tieOrder }),
      ...scanner.ballots!.finish(),
      warnings: this.#irregularities.remarks(),
    }
  }

  /** Numbers in whole words, or names. */
  #take(bytes: Uint8Array): void {
    const numbers = this.#names ? 0 : this.#scanner.scan(bytes)
    if (this.#scanner.mode !== 'names') return
    this.#names ??= []
    this.#names.push(new Uint8Array(bytes.subarray(numbers)))
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

/** Reads a BLT file that is in memory. @throws BallotFileUnreadable */
export function readBlt(text: string): BltFile {
  const reader = new BltReader({ irregularities: 'warned of', order: 'forgotten' })
  reader.write(new TextEncoder().encode(text))
  return reader.end()
}
