import { type BallotGrouping, rankingGroups } from '../tabulation/ballot-grouping.ts'
import { type BallotGroups, sharesRank, skippedRank } from '../tabulation/ballot-groups.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import { type BallotFile, BallotFileUnreadable, type FileRemark } from './ballot-file.ts'
import type { BallotFormat, BallotReader } from './ballot-format.ts'
import { namesOnLine } from './blt-names.ts'
import { writeBlt } from './blt-writer.ts'

/** BLT, as OpaVote, OpenSTV and the published Scottish ballots have it. */
export const blt: BallotFormat = {
  id: 'blt',
  title: 'BLT (OpaVote, OpenSTV)',
  extensions: ['blt'],
  fits: (head) => /^\uFEFF?(\s*#[^\n]*\n)*\s*\d+[\s,]+\d+[\s,]/.test(head),
  reader: () => new DecodedReader(),
  write: writeBlt,
}

/** A file of BLT with the seats that the format always names. */
export interface BltFile extends BallotFile {
  readonly seats: number
  readonly ballots: BallotGroups
}

class DecodedReader implements BallotReader {
  readonly #decoder = new TextDecoder()
  readonly #lines = new LineReader()

  write(bytes: Uint8Array): void {
    this.#lines.write(this.#decoder.decode(bytes, { stream: true }))
  }

  end(): BallotFile {
    this.#lines.write(this.#decoder.decode())
    return this.#lines.end()
  }
}

/** Takes a BLT file piece by piece, so that it need never be in memory as a whole. */
export interface BltReader {
  /** The next piece of the text, cut anywhere. @throws BallotFileUnreadable */
  write(text: string): void
  /** What the file held. @throws BallotFileUnreadable if it ends too early */
  end(): BltFile
}

/**
 * Reads BLT, the format of OpaVote and OpenSTV and of the published Scottish ballots.
 *
 * `options seats`, then withdrawn options as `-2`, then ballots as `weight ranks 0`, in which `=` joins
 * options of one rank and `-` is a rank left empty, then `0`, the names of the options and the title. `#`
 * begins a comment. Also taken, as they occur: a byte order mark, commas as spaces, names without quotes
 * and with doubled quotes inside, several names on a line, decimal weights, missing names or title.
 */
export function bltReader(): BltReader {
  return new LineReader()
}

/** Reads a BLT file that is in memory. @throws BallotFileUnreadable */
export function readBlt(text: string): BltFile {
  const reader = bltReader()
  reader.write(text)
  return reader.end()
}

const comma = 0x2c
const hash = 0x23
const equals = 0x3d
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39

class LineReader implements BltReader {
  #rest = ''
  #line = 0
  #section: 'numbers' | 'names' = 'numbers'
  #optionCount: number | undefined
  #seats: number | undefined
  readonly #withdrawn = new Set<number>()
  #grouping: BallotGrouping | undefined
  readonly #names: { readonly line: number; readonly names: readonly string[] }[] = []
  readonly #warnings: FileRemark[] = []

  /** The ballot that is being read: its weight, or `undefined` between ballots. */
  #weight: string | number | undefined
  #ranks = new Uint16Array(64)
  #length = 0
  /** After `=`: the next option shares the rank of the last. */
  #joins = false

  write(text: string): void {
    const all = this.#rest + (this.#line === 0 && this.#rest === '' ? text.replace(/^\uFEFF/, '') : text)
    let start = 0
    for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', start)) {
      this.#readLine(all.slice(start, end))
      start = end + 1
    }
    this.#rest = all.slice(start)
  }

  end(): BltFile {
    if (this.#rest !== '') this.#readLine(this.#rest)
    this.#rest = ''
    if (this.#section === 'numbers' || this.#optionCount === undefined || this.#seats === undefined) {
      throw this.#unreadable(0, 'The file ends before the 0 that closes the ballots.')
    }
    const names = this.#takeNames(this.#optionCount)
    return {
      title: names[this.#optionCount] ?? '',
      options: names.slice(0, this.#optionCount),
      withdrawn: [...this.#withdrawn].sort((a, b) => a - b),
      seats: this.#seats,
      ballots: this.#groups().finish(),
      warnings: this.#warnings,
    }
  }

  #readLine(line: string): void {
    this.#line++
    const namesFrom = this.#section === 'numbers' ? this.#readNumbers(line) : 0
    if (this.#section === 'names') this.#readNames(line.slice(namesFrom))
  }

  /** Reads the numbers of a line; answers where the names begin, if they do. */
  #readNumbers(line: string): number {
    let at = 0
    while (at < line.length) {
      const code = line.charCodeAt(at)
      if (code === hash) return line.length
      if (isSpace(code)) at++
      else if (code >= zero && code <= nine) at = this.#readNumber(line, at)
      else if (code === minus) at = this.#readMinus(line, at)
      else if (code === equals) at = this.#readEquals(at)
      else
        throw this.#unreadable(at, `A number was expected, not ${JSON.stringify(line.slice(at, at + 12))}.`)
      if (this.#section === 'names') return at
    }
    return at
  }

  #readNumber(line: string, start: number): number {
    let end = start
    let value = 0
    for (let code = line.charCodeAt(end); code >= zero && code <= nine; code = line.charCodeAt(++end)) {
      value = value * 10 + (code - zero)
    }
    const isDecimal = line.charCodeAt(end) === point
    if (isDecimal)
      do end++
      while (isDigit(line.charCodeAt(end)))
    if (this.#optionCount === undefined) this.#setOptionCount(start, value, isDecimal)
    else if (this.#seats === undefined) {
      if (value < 1 || isDecimal) throw this.#unreadable(start, 'There must be at least one seat.')
      this.#seats = value
    } else if (this.#weight === undefined) {
      if (value === 0 && !isDecimal) this.#section = 'names'
      // Beyond 2^53 the digits are kept as they stand, for the refusal to be about what was written.
      else this.#weight = isDecimal || !Number.isSafeInteger(value) ? line.slice(start, end) : value
    } else if (isDecimal) throw this.#unreadable(start, 'An option is a whole number.')
    else this.#readRank(start, value)
    return end
  }

  #setOptionCount(at: number, count: number, isDecimal: boolean): void {
    if (isDecimal) throw this.#unreadable(at, 'The number of options is a whole number.')
    this.#optionCount = count
    this.#grouping = this.#refusedHere(at, () => rankingGroups(count))
  }

  #readRank(at: number, number: number): void {
    if (number === 0) {
      if (this.#joins) throw this.#unreadable(at, 'After = another option was expected.')
      this.#refusedHere(at, () => this.#groups().add(this.#ranks, this.#weight!, this.#length))
      this.#weight = undefined
      this.#length = 0
      return
    }
    if (number > this.#optionCount!) {
      throw this.#unreadable(at, `There is no option ${number}; there are ${this.#optionCount}.`)
    }
    this.#push(this.#joins ? (number - 1) | sharesRank : number - 1)
    this.#joins = false
  }

  /** A withdrawn option before the ballots, or a rank left empty. */
  #readMinus(line: string, start: number): number {
    let end = start + 1
    while (isDigit(line.charCodeAt(end))) end++
    if (this.#weight !== undefined && end === start + 1 && !this.#joins) {
      this.#push(skippedRank)
      return end
    }
    const option = Number(line.slice(start + 1, end))
    const isWithdrawal = this.#seats !== undefined && this.#weight === undefined
    if (!isWithdrawal || option < 1 || option > this.#optionCount!) {
      throw this.#unreadable(start, 'This minus marks neither a withdrawn option nor an empty rank.')
    }
    this.#withdrawn.add(option - 1)
    return end
  }

  #readEquals(at: number): number {
    const follows =
      this.#weight !== undefined && this.#length > 0 && this.#ranks[this.#length - 1] !== skippedRank
    if (!follows || this.#joins) throw this.#unreadable(at, 'This = follows no option.')
    this.#joins = true
    return at + 1
  }

  #readNames(line: string): void {
    const names = namesOnLine(line)
    if (names.length > 0) this.#names.push({ line: this.#line, names })
  }

  /** The names of the options and, if there is one, the title. */
  #takeNames(optionCount: number): string[] {
    const lines = this.#names
    const onePerLine = lines.length >= optionCount
    const several = lines.find(({ names }) => names.length > 1)
    if (onePerLine && several) {
      this.#warn(
        'Each line holds one name; where there were several in quotes they were joined.',
        several.line,
      )
    }
    const names = lines.flatMap((line) => (onePerLine ? [line.names.join(', ')] : line.names))
    if (names.length > optionCount + 1) this.#warn('Text after the title was left out.')
    if (names.length < optionCount) this.#warn('Names of options are missing; they were numbered instead.')
    while (names.length < optionCount) names.push(`Option ${names.length + 1}`)
    return names
  }

  #push(entry: number): void {
    if (this.#length === this.#ranks.length) {
      const larger = new Uint16Array(this.#length * 2)
      larger.set(this.#ranks)
      this.#ranks = larger
    }
    this.#ranks[this.#length++] = entry
  }

  #groups(): BallotGrouping {
    return this.#grouping!
  }

  /** Does what may be refused, and says where in the file it was. */
  #refusedHere<T>(at: number, deed: () => T): T {
    try {
      return deed()
    } catch (error) {
      if (error instanceof TabulationRefusal) throw this.#unreadable(at, error.message)
      throw error
    }
  }

  #warn(message: string, line = this.#line): void {
    this.#warnings.push({ line, column: 1, message })
  }

  #unreadable(at: number, message: string): BallotFileUnreadable {
    return new BallotFileUnreadable('blt', { line: Math.max(this.#line, 1), column: at + 1, message })
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === comma
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine
}
