import { packRanking } from '../tabulation/ballot-groups.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, ReadOptions } from './ballot-format.ts'
import { Irregularities } from './irregularities.ts'
import { type LineFormat, LineReader } from './line-reader.ts'
import { OptionList } from './option-list.ts'
import { ranksOfNumbers } from './rank-numbers.ts'

/** Ballots as the query of an address: `Ada=1&Ben+Bay=2`, one a line. */
export const nameq: BallotFormat = {
  id: 'nameq',
  title: 'nameq (name=rank&name=rank)',
  extensions: ['nameq'],
  fits: (head) => /^\s*[^\s=&"#{[]*=\d+(&[^\s=&]*=\d+)+\s*(\n|$)/.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('nameq', options.irregularities)
    return new LineReader(new NameqLines(options, irregularities), irregularities)
  },
}

class NameqLines implements LineFormat {
  readonly #irregularities: Irregularities
  readonly #ballots: BallotCollector
  readonly #options = new OptionList()

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#irregularities = irregularities
    this.#ballots = new BallotCollector('rankings', options, irregularities)
  }

  line(text: string, line: number): void {
    if (text.trim() === '') return
    const numbers: [number, number][] = []
    let column = 1
    for (const part of text.trim().split('&')) {
      const place = { line, column }
      column += part.length + 1
      const [, name, rank] = /^([^=]*)=(\d{1,5})$/.exec(part) ?? []
      if (name === undefined)
        throw this.#irregularities.unreadable(place, 'A name and its rank were expected, as Ada=1.')
      if (name === '') this.#irregularities.note(place, 'A rank without a name was left out.')
      else numbers.push([this.#options.add(decoded(name)), Number(rank)])
    }
    const ranks = ranksOfNumbers(numbers)
    if (ranks === undefined)
      throw this.#irregularities.unreadable({ line, column: 1 }, 'Ranks run from 1 to 10000.')
    this.#ballots.add(packRanking(ranks), 1, { line, column: 1 })
  }

  end(lines: number): BallotFile {
    return {
      title: '',
      options: this.#options.names,
      withdrawn: [],
      ...this.#ballots.finish(this.#options.names.length, { line: Math.max(lines, 1), column: 1 }),
      warnings: this.#irregularities.remarks(),
    }
  }
}

/** Text as it stands in an address; what is no such text stays as it is. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
