import { packRanking } from '../tabulation/ballot-groups.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, ReadOptions } from './ballot-format.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { type LineFormat, LineReader } from './line-reader.ts'
import { writePrefLib } from './preflib-writer.ts'

/** PrefLib's orders, complete or not, with ties or without: soc, soi, toc, toi; and its categories, cat. */
export const prefLib: BallotFormat = {
  id: 'preflib',
  title: 'PrefLib (soc, soi, toc, toi, cat)',
  extensions: ['soc', 'soi', 'toc', 'toi', 'cat'],
  fits: (head) =>
    /^# (FILE NAME|TITLE|DATA TYPE|NUMBER ALTERNATIVES|ALTERNATIVE NAME 1):/m.test(head) ||
    /^\s*\d+[ \t]*\r?\n[ \t]*1[ \t]*,[^\n]*\n[ \t]*2[ \t]*,/.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('preflib', options.irregularities)
    return new LineReader(new PrefLibLines(options, irregularities), irregularities)
  },
  write: writePrefLib,
  keeps: ['title'],
}

class PrefLibLines implements LineFormat {
  readonly #irregularities: Irregularities
  readonly #readOptions: ReadOptions
  readonly #names: string[] = []
  #ballots: BallotCollector | undefined
  #kind: 'rankings' | 'scores' = 'rankings'
  #title = ''
  /** How many alternatives the file says there are. */
  #alternatives: number | undefined
  #categories = 0
  #voters: string | undefined
  #counted = 0n
  /** The old layout has its numbers on lines of their own, this one after the names. */
  #layout: 'headers' | 'old, names' | 'old, numbers' | 'old, ballots' | undefined

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#readOptions = options
    this.#irregularities = irregularities
  }

  line(text: string, line: number): void {
    const place = { line, column: 1 }
    const trimmed = text.trim()
    if (trimmed === '') return
    if (trimmed.startsWith('#')) {
      this.#layout ??= 'headers'
      this.#readHeader(trimmed.slice(1).trim(), place)
    } else if (this.#layout === undefined) this.#beginOldLayout(trimmed, place)
    else if (this.#layout === 'old, names') this.#readOldName(trimmed, place)
    else if (this.#layout === 'old, numbers') this.#readOldNumbers(trimmed, place)
    else this.#readBallot(text, line)
  }

  end(lines: number): BallotFile {
    const place = { line: Math.max(lines, 1), column: 1 }
    if (this.#layout === undefined || this.#layout === 'old, names' || this.#layout === 'old, numbers') {
      throw this.#irregularities.unreadable(place, 'The file ends before its ballots.')
    }
    const options = this.#requireNames(place)
    if (this.#voters !== undefined && BigInt(this.#voters) !== this.#counted) {
      this.#irregularities.note(
        place,
        `The file should hold ${this.#voters} ballots, and holds ${this.#counted}.`,
      )
    }
    this.#ballots ??= new BallotCollector(this.#kind, this.#readOptions, this.#irregularities)
    return {
      title: this.#title,
      options,
      withdrawn: [],
      ...this.#ballots.finish(options.length, place),
      warnings: this.#irregularities.remarks(),
    }
  }

  #readHeader(text: string, place: Place): void {
    const colon = text.indexOf(':')
    const key = text.slice(0, Math.max(colon, 0)).trim().toUpperCase()
    const value = text.slice(colon + 1).trim()
    const name = /^ALTERNATIVE NAME (\d{1,5})$/.exec(key)
    if (name) this.#names[Number(name[1]) - 1] = value
    else if (key === 'TITLE') this.#title = value
    else if (key === 'DATA TYPE') this.#kind = value === 'cat' ? 'scores' : 'rankings'
    else if (key === 'NUMBER ALTERNATIVES') this.#alternatives = this.#whole(value, place)
    else if (key === 'NUMBER CATEGORIES') this.#categories = this.#whole(value, place)
    else if (key === 'NUMBER VOTERS') this.#voters = String(this.#whole(value, place))
  }

  #whole(text: string, place: Place): number {
    if (!/^\d{1,15}$/.test(text)) throw this.#irregularities.unreadable(place, 'A whole number was expected.')
    return Number(text)
  }

  #beginOldLayout(text: string, place: Place): void {
    this.#alternatives = this.#whole(text, place)
    this.#layout = this.#alternatives === 0 ? 'old, numbers' : 'old, names'
  }

  #readOldName(text: string, place: Place): void {
    const [, number, name] = /^(\d{1,5})\s*,\s*(.*)$/.exec(text) ?? []
    if (Number(number) !== this.#names.length + 1) {
      throw this.#irregularities.unreadable(
        place,
        `The name of alternative ${this.#names.length + 1} was expected.`,
      )
    }
    this.#names.push(name!)
    if (this.#names.length === this.#alternatives) this.#layout = 'old, numbers'
  }

  #readOldNumbers(text: string, place: Place): void {
    const numbers = text.split(',').map((number) => number.trim())
    if (numbers.length !== 3) {
      throw this.#irregularities.unreadable(
        place,
        'The numbers of voters, of ballots and of different ballots were expected.',
      )
    }
    this.#voters = String(this.#whole(numbers[0]!, place))
    this.#layout = 'old, ballots'
  }

  #readBallot(text: string, line: number): void {
    const separator = this.#layout === 'headers' ? ':' : ','
    const at = text.indexOf(separator)
    const count = text.slice(0, Math.max(at, 0)).trim()
    const place = { line, column: 1 }
    if (!/^\d{1,15}$/.test(count)) {
      throw this.#irregularities.unreadable(
        place,
        `A number of ballots was expected, and ${JSON.stringify(separator)}.`,
      )
    }
    const ranks = this.#readRanks(text, at + 1, line)
    if (ranks.some((rank) => rank.length === 0) && this.#kind === 'rankings') {
      this.#irregularities.note(place, 'Empty ranks were left out.')
    }
    this.#ballots ??= new BallotCollector(this.#kind, this.#readOptions, this.#irregularities)
    const entries =
      this.#kind === 'rankings'
        ? packRanking(ranks.filter((rank) => rank.length > 0))
        : ranks.flatMap((options, category) =>
            options.flatMap((option) => [option, this.#scoreOf(category, ranks.length)]),
          )
    this.#ballots.add(entries, count, place)
    this.#counted += BigInt(count)
  }

  /** Categories run from the best to the worst. */
  #scoreOf(category: number, written: number): number {
    return Math.max(this.#categories, written) - 1 - category
  }

  #readRanks(text: string, from: number, line: number): number[][] {
    const names = this.#requireNames({ line, column: 1 })
    if (text.slice(from).trim() === '') return []
    const ranks: number[][] = []
    let at = from
    const item = /\s*(?:\{([\d\s,]*)\}|(\d+))\s*(,|$)/y
    for (;;) {
      item.lastIndex = at
      const match = item.exec(text)
      if (!match)
        throw this.#irregularities.unreadable(
          { line, column: at + 1 },
          'An alternative was expected, or several in { }.',
        )
      const numbers = (match[2] ?? match[1]!).split(',').map((word) => word.trim())
      ranks.push(
        numbers
          .filter((word) => word !== '')
          .map((word) => this.#optionOf(word, names.length, { line, column: at + 1 })),
      )
      at = item.lastIndex
      if (match[3] === '') return ranks
    }
  }

  #optionOf(word: string, most: number, place: Place): number {
    const number = Number(word)
    if (number >= 1 && number <= most) return number - 1
    throw this.#irregularities.unreadable(
      place,
      `There is no alternative ${word.slice(0, 12)}; there are ${most}.`,
    )
  }

  #requireNames(place: Place): readonly string[] {
    const count = this.#alternatives ?? this.#names.length
    for (let option = 0; option < count && option <= this.#names.length; option++) {
      if (this.#names[option] === undefined) {
        throw this.#irregularities.unreadable(place, `The name of alternative ${option + 1} is missing.`)
      }
    }
    if (this.#names.length !== count) {
      throw this.#irregularities.unreadable(
        place,
        `The file should name ${count} alternatives, and names ${this.#names.length}.`,
      )
    }
    return this.#names
  }
}
