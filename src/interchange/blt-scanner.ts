import { TabulationRefusal } from '../tabulation/refusals.ts'
import type { ReadOptions } from './ballot-format.ts'
import { BltBallots, BltRanks } from './blt-ballots.ts'
import {
  closing,
  closingSquare,
  comma,
  endOfWord,
  equals,
  hash,
  isDelimiter,
  isDigit,
  isSpace,
  lineFeed,
  minus,
  nine,
  opening,
  openingSquare,
  point,
  quote,
  space,
  textOf,
  zero,
} from './blt-bytes.ts'
import { BltOptions } from './blt-options.ts'
import type { Irregularities, Place } from './irregularities.ts'

/** The longest (id) or [option], in bytes. */
const longestText = 1 << 20

/** Between ballots there is no weight. */
const none = -1

type Mode = 'numbers' | 'comment' | 'id' | 'option' | 'names'

/**
 * Reads the numbers of a BLT file, byte by byte, up to where the names begin. Nothing is kept of a ballot but
 * what the grouping keeps.
 */
export class BltScanner {
  readonly #readOptions: ReadOptions
  readonly #irregularities: Irregularities
  optionCount = 0
  seats = 0
  ballots: BltBallots | undefined
  options: BltOptions | undefined

  #mode: Mode = 'numbers'
  #text = ''
  #textPlace: Place = { line: 1, column: 1 }
  #line = 1
  /** Where the line begins, in bytes before those that are being scanned. */
  #lineStart = 0

  /** Of the ballot that is being read. */
  #weight: number | string = none
  #id: string | undefined
  #idPlace: Place = { line: 1, column: 1 }
  readonly #ranks = new BltRanks()

  constructor(readOptions: ReadOptions, irregularities: Irregularities) {
    this.#readOptions = readOptions
    this.#irregularities = irregularities
  }

  get line(): number {
    return this.#line
  }

  get mode(): Mode {
    return this.#mode
  }

  /** Where a byte of those that are being scanned stands in the file. */
  #place(at: number): Place {
    return { line: this.#line, column: at - this.#lineStart + 1 }
  }

  #unreadable(at: number, message: string): Error {
    return this.#irregularities.unreadable(this.#place(at), message)
  }

  /**
   * Scans whole words: the last byte is no part of one.
   * @returns where the names begin; the length of the bytes if they don't
   * @throws BallotFileUnreadable
   */
  scan(bytes: Uint8Array): number {
    let at = 0
    while (at < bytes.length && this.#mode !== 'names') {
      if (this.#mode !== 'numbers') at = this.#scanText(bytes, at)
      else {
        if (this.seats > 0 && this.#id === undefined && !this.#ranks.joins) at = this.#scanPlain(bytes, at)
        if (at < bytes.length) at = this.#scanOther(bytes, at)
      }
    }
    this.#lineStart -= at
    return at
  }

  /** To be called after a space that ends the file. @throws BallotFileUnreadable unless the 0 that closes the ballots was read */
  end(): void {
    if (this.#mode !== 'names') {
      throw this.#unreadable(-1, 'The file ends before the 0 that closes the ballots.')
    }
  }

  /** The fast path: ballots of whole numbers. Answers where something else begins. */
  #scanPlain(bytes: Uint8Array, from: number): number {
    const { optionCount } = this
    const ballots = this.ballots!
    const { entries } = this.#ranks
    const end = bytes.length
    let { length } = this.#ranks
    let weight = this.#weight
    let at = from
    try {
      while (at < end) {
        const code = bytes[at]!
        if (code < zero || code > nine) {
          if (!isSpace(code)) break
          at++
          if (code === lineFeed) this.#beginLine(at)
          continue
        }
        let value = code - zero
        let after = at + 1
        let next = bytes[after]!
        for (; next >= zero && next <= nine; next = bytes[++after]!) value = value * 10 + (next - zero)
        if (next > space) break
        if (weight === none) {
          if (value === 0 || value > Number.MAX_SAFE_INTEGER) break
          weight = value
        } else if (value === 0) {
          ballots.add(entries, weight, length)
          weight = none
          length = 0
        } else {
          if (value > optionCount || length === entries.length) break
          entries[length++] = value - 1
        }
        // A space nearly always follows a number.
        at = next === space ? after + 1 : after
      }
    } catch (error) {
      throw this.#located(error, at)
    }
    this.#ranks.length = length
    this.#weight = weight
    return at
  }

  #beginLine(at: number): void {
    this.#line++
    this.#lineStart = at
  }

  /** One word, or one byte that is none, of any kind. */
  #scanOther(bytes: Uint8Array, at: number): number {
    const code = bytes[at]!
    if (code === lineFeed) {
      this.#line++
      this.#lineStart = at + 1
      return at + 1
    }
    if (code === comma) this.#irregularities.noteOnce(this.#place(at), 'Commas were taken for spaces.')
    if (isDelimiter(code)) return at + 1
    const end = endOfWord(bytes, at)
    if (isDigit(code) || code === point) return this.#readNumber(bytes, at, end)
    switch (code) {
      case hash:
        this.#mode = 'comment'
        return at + 1
      case opening:
      case openingSquare:
        return this.#beginText(code === opening ? 'id' : 'option', at)
      case equals:
        if (!this.#ranks.endsWithOption) throw this.#unreadable(at, 'This = follows no option.')
        this.#ranks.joins = true
        return at + 1
      case minus:
        return this.#readMinus(bytes, at, end)
      case quote:
        if (this.seats === 0 || this.#weight !== none) return this.#readWord(bytes, at, end)
        this.#irregularities.note(this.#place(at), 'The 0 that closes the ballots is missing.')
        this.#mode = 'names'
        return at
      default:
        return this.#readWord(bytes, at, end)
    }
  }

  #readNumber(bytes: Uint8Array, at: number, end: number): number {
    const text = textOf(bytes, at, end)
    const digits = /^(\d*)(\.\d*)?/.exec(text)![0]
    const value = Number(digits)
    const isWhole = /^\d+$/.test(digits)
    if (this.optionCount === 0) this.#setOptionCount(at, isWhole ? value : 0)
    else if (this.seats === 0) this.#setSeats(at, isWhole ? value : 0)
    else if (this.#weight === none) {
      if (digits === '.') throw this.#unreadable(at, 'A number was expected, not ".".')
      if (value === 0 && isWhole) this.#mode = 'names'
      // The text is kept, so that a number that is too large is refused as it was written.
      else
        this.#weight =
          Number.isSafeInteger(value) && isWhole ? value : digits.replace(/^\./, '0.').replace(/\.$/, '')
    } else if (!isWhole) throw this.#unreadable(at, 'An option is a whole number.')
    else this.#readRank(at, digits, value)
    return at + digits.length
  }

  #setOptionCount(at: number, count: number): void {
    if (count < 1) throw this.#unreadable(at, 'The number of options is a whole number.')
    this.optionCount = count
    try {
      this.ballots = new BltBallots(count, this.#readOptions, this.#irregularities)
    } catch (error) {
      throw this.#located(error, at)
    }
    this.options = new BltOptions(count, this.#irregularities)
  }

  #setSeats(at: number, seats: number): void {
    if (seats < 1 || !Number.isSafeInteger(seats))
      throw this.#unreadable(at, 'There must be at least one seat.')
    this.seats = seats
  }

  #readRank(at: number, digits: string, value: number): void {
    if (value === 0) this.#endBallot(at)
    else if (value <= this.optionCount) this.#ranks.add(value - 1)
    else {
      const named = digits.length > 12 ? `${digits.slice(0, 12)}…` : digits
      throw this.#unreadable(at, `There is no option ${named}; there are ${this.optionCount}.`)
    }
  }

  #endBallot(at: number): void {
    const ranks = this.#ranks
    if (ranks.joins) throw this.#unreadable(at, 'After = another option was expected.')
    try {
      if (this.#id === undefined) this.ballots!.add(ranks.entries, this.#weight, ranks.length)
      else this.ballots!.addWithId(this.#id, ranks.entries, ranks.length, this.#idPlace)
    } catch (error) {
      throw this.#located(error, at)
    }
    this.#weight = none
    this.#id = undefined
    ranks.length = 0
  }

  /** A withdrawn option before the ballots, or a rank left empty. */
  #readMinus(bytes: Uint8Array, at: number, wordEnd: number): number {
    let end = at + 1
    while (end < wordEnd && isDigit(bytes[end]!)) end++
    if (this.#weight !== none && end === at + 1 && !this.#ranks.joins) {
      this.#ranks.skip()
      return end
    }
    const option =
      this.seats > 0 && this.#weight === none ? this.options!.optionOf(textOf(bytes, at + 1, end)) : undefined
    if (option === undefined) {
      throw this.#unreadable(at, 'This minus marks neither a withdrawn option nor an empty rank.')
    }
    this.options!.withdrawn.add(option)
    return end
  }

  /** The short name of an option, from `[nick …]`. */
  #readWord(bytes: Uint8Array, at: number, end: number): number {
    const word = textOf(bytes, at, end)
    const option = this.#weight === none ? undefined : this.options?.optionOf(word)
    if (option === undefined) {
      throw this.#unreadable(at, `A number was expected, not ${JSON.stringify(word.slice(0, 12))}.`)
    }
    this.#ranks.add(option)
    return end
  }

  #beginText(mode: 'id' | 'option', at: number): number {
    if (this.seats === 0 || this.#weight !== none) {
      throw this.#unreadable(
        at,
        mode === 'id' ? 'An (id) stands before its ballot.' : 'An [option] stands before the ballots.',
      )
    }
    this.#mode = mode
    this.#text = ''
    this.#textPlace = this.#place(at)
    return at + 1
  }

  /** A comment, an (id) or an [option], as far as the bytes go. */
  #scanText(bytes: Uint8Array, from: number): number {
    const last = this.#mode === 'comment' ? lineFeed : this.#mode === 'id' ? closing : closingSquare
    const found = bytes.indexOf(last, from)
    const end = found === -1 ? bytes.length : found
    if (this.#mode !== 'comment') {
      this.#text += textOf(bytes, from, end)
      this.#countLines(bytes, from, end)
      if (this.#text.length > longestText) {
        throw this.#irregularities.unreadable(this.#textPlace, 'What this bracket begins does not end.')
      }
    }
    if (found === -1) return end
    // The line feed that ends a comment is still to be counted.
    const next = this.#mode === 'comment' ? found : found + 1
    if (this.#mode === 'option') this.options!.read(this.#text, this.#textPlace)
    if (this.#mode === 'id') this.#beginBallot(this.#text.trim())
    this.#mode = 'numbers'
    return next
  }

  #beginBallot(id: string): void {
    this.#id = id
    this.#idPlace = this.#textPlace
    this.#weight = 1
  }

  #countLines(bytes: Uint8Array, from: number, end: number): void {
    for (
      let at = bytes.indexOf(lineFeed, from);
      at !== -1 && at < end;
      at = bytes.indexOf(lineFeed, at + 1)
    ) {
      this.#line++
      this.#lineStart = at + 1
    }
  }

  /** What the area of tabulation refused, with its place in the file. */
  #located(error: unknown, at: number): unknown {
    return error instanceof TabulationRefusal ? this.#unreadable(at, error.message) : error
  }
}
