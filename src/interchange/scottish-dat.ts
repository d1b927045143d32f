import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, ReadOptions } from './ballot-format.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { type LineFormat, LineReader } from './line-reader.ts'

/** The vote data files of Denis Mollison's collection of Scottish council elections. */
export const scottishDat: BallotFormat = {
  id: 'scottish-dat',
  title: 'Scottish council elections (.dat)',
  extensions: ['dat'],
  fits: (head) => /^[^\n]*[^\d\s,][^\n]*\n\s*\d+ +\d+ +\d+( +\d+)*\s*\n[^\n]*[^\d\s][^\n]*,/.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('scottish-dat', options.irregularities)
    return new LineReader(new DatLines(options, irregularities), irregularities)
  },
}

/**
 * The ward; the numbers of candidates and seats (or, in 2022, of seats and candidates) and of the lines of
 * ballots; a line `name,party…` for each candidate; then ballots as in BLT, in 2022 with a 0 after them.
 */
class DatLines implements LineFormat {
  readonly #irregularities: Irregularities
  readonly #ballots: BallotCollector
  readonly #names: string[] = []
  #title: string | undefined
  #numbers: readonly number[] | undefined
  #seats: number | undefined
  #read = 0
  #closed = false

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#irregularities = irregularities
    this.#ballots = new BallotCollector('rankings', options, irregularities)
  }

  line(text: string, line: number): void {
    const trimmed = text.trim()
    const place = { line, column: 1 }
    if (trimmed === '') return
    if (this.#title === undefined) this.#title = trimmed.replace(/^\d+\s+/, '')
    else if (this.#numbers === undefined) this.#numbers = this.#readNumbers(trimmed, place)
    else if (!/^[\d\s]+$/.test(trimmed)) this.#readName(trimmed, place)
    else this.#readBallot(trimmed, place)
  }

  end(lines: number): BallotFile {
    const place = { line: Math.max(lines, 1), column: 1 }
    if (this.#seats === undefined)
      throw this.#irregularities.unreadable(place, 'The file ends before its ballots.')
    const expected = this.#numbers![2]
    if (this.#read !== expected) {
      this.#irregularities.note(
        place,
        `There should be ${expected} lines of ballots, and there are ${this.#read}.`,
      )
    }
    return {
      title: this.#title!,
      options: this.#names,
      withdrawn: [],
      seats: this.#seats,
      ...this.#ballots.finish(this.#names.length, place),
      warnings: this.#irregularities.remarks(),
    }
  }

  #readNumbers(text: string, place: Place): readonly number[] {
    const numbers = text.split(/\s+/).map(Number)
    if (!/^\d{1,9}(\s+\d{1,9}){2,}$/.test(text) || numbers[0] === 0 || numbers[1] === 0) {
      throw this.#irregularities.unreadable(
        place,
        'The numbers of candidates, of seats and of lines of ballots were expected.',
      )
    }
    return numbers
  }

  #readName(text: string, place: Place): void {
    if (this.#seats !== undefined) throw this.#irregularities.unreadable(place, 'A ballot was expected.')
    // A party and whether the candidate was elected may follow.
    this.#names.push(text.split(',')[0]!.trim())
  }

  #readBallot(text: string, place: Place): void {
    this.#seats ??= this.#findSeats(place)
    const numbers = text.split(/\s+/).map(Number)
    if (numbers.length === 1 && numbers[0] === 0) {
      this.#closed = true
      return
    }
    if (this.#closed || numbers.length < 2 || numbers.at(-1) !== 0) {
      throw this.#irregularities.unreadable(
        place,
        'A ballot was expected, as a number of voters, options, and 0.',
      )
    }
    const options = numbers.slice(1, -1)
    const wrong = options.find((option) => option < 1 || option > this.#names.length)
    if (wrong !== undefined) throw this.#irregularities.unreadable(place, `There is no candidate ${wrong}.`)
    this.#ballots.add(
      options.map((option) => option - 1),
      numbers[0]!,
      place,
    )
    this.#read++
  }

  /** Which of the first two numbers is that of the seats shows by how many candidates there are. */
  #findSeats(place: Place): number {
    const [first, second] = this.#numbers!
    if (first === this.#names.length) return second!
    if (second === this.#names.length) return first!
    throw this.#irregularities.unreadable(
      place,
      `There should be ${first} or ${second} candidates, and there are ${this.#names.length}.`,
    )
  }
}
