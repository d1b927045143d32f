import { packRanking } from '../tabulation/ballot-groups.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, ReadOptions } from './ballot-format.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { type LineFormat, LineReader } from './line-reader.ts'
import { ranksOfNumbers } from './rank-numbers.ts'

/** The tally sheets of Debian's devotee: `V: 7-12`, a rank for each option, and what the voter knows it by. */
export const debian: BallotFormat = {
  id: 'debian',
  title: 'Debian tally sheet (devotee)',
  extensions: ['debian_votes'],
  fits: (head) => /^V: *[-0-9A-Za-z]+/m.test(head) && /Option +[0-9A-Za-z]+ *(-+>)? *:/.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('debian', options.irregularities)
    return new LineReader(new DebianLines(options, irregularities), irregularities)
  },
}

class DebianLines implements LineFormat {
  readonly #irregularities: Irregularities
  readonly #ballots: BallotCollector
  readonly #names: string[] = []

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#irregularities = irregularities
    this.#ballots = new BallotCollector('rankings', options, irregularities)
  }

  line(text: string, line: number): void {
    const option = /Option +[0-9A-Za-z]+ *(?:-+>)? *:(.*)$/.exec(text)
    if (option) this.#names.push(option[1]!.trim())
    const ballot = /^V: *(\S+)\s*(\S*)/.exec(text)
    if (ballot) this.#readBallot(ballot[1]!, ballot[2]!, { line, column: text.indexOf(ballot[1]!, 2) + 1 })
  }

  end(lines: number): BallotFile {
    return {
      title: '',
      options: this.#names,
      withdrawn: [],
      ...this.#ballots.finish(this.#names.length, { line: Math.max(lines, 1), column: 1 }),
      warnings: this.#irregularities.remarks(),
    }
  }

  #readBallot(letters: string, id: string, place: Place): void {
    if (letters.length !== this.#names.length) {
      throw this.#irregularities.unreadable(
        place,
        `A ballot has a rank for each of the ${this.#names.length} options; this one has ${letters.length}.`,
      )
    }
    const ranks = ranksOfNumbers([...letters].map((letter, position) => [position, rankOf(letter)]))
    if (ranks === undefined)
      throw this.#irregularities.unreadable(place, 'A rank is a number from 1, a letter from A for 10, or -.')
    // Only the order counts, by the constitution of Debian; ranks left out close up.
    this.#ballots.add(packRanking(ranks.filter((rank) => rank.length > 0)), 1, place, id)
  }
}

function rankOf(letter: string): number | undefined {
  return letter === '-' ? undefined : Number.parseInt(letter, 36)
}
