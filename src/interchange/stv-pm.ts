import { packRanking } from '../tabulation/ballot-groups.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, ReadOptions } from './ballot-format.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { type LineFormat, LineReader } from './line-reader.ts'
import { OptionList } from './option-list.ts'
import { ranksOfNumbers } from './rank-numbers.ts'

/** The format of STV.pm: `key=value` lines, then ballots by the ids of candidates or, with `order=`, by ranks. */
export const stvPm: BallotFormat = {
  id: 'stv-pm',
  title: 'STV.pm (key=value)',
  extensions: ['stv'],
  fits: (head) => /^candidate=\S+/m.test(head) && /^ballots=/m.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('stv-pm', options.irregularities)
    return new LineReader(new StvPmLines(options, irregularities), irregularities)
  },
}

class StvPmLines implements LineFormat {
  readonly #irregularities: Irregularities
  readonly #ballots: BallotCollector
  readonly #options = new OptionList()
  #title = ''
  #seats: number | undefined
  #order: readonly number[] | undefined
  /** Lines of ballots that the file says there are. */
  #expected: number | undefined
  #read = 0
  #section: 'keys' | 'ballots' | 'end' = 'keys'

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#irregularities = irregularities
    this.#ballots = new BallotCollector('rankings', options, irregularities)
  }

  line(text: string, line: number): void {
    const trimmed = text.trim()
    if (trimmed === '' || trimmed.startsWith('#') || this.#section === 'end') return
    if (trimmed === 'end') this.#section = 'end'
    else if (this.#section === 'keys') this.#readKey(trimmed, { line, column: 1 })
    else this.#readBallot(text, line)
  }

  end(lines: number): BallotFile {
    const place = { line: Math.max(lines, 1), column: 1 }
    if (this.#section === 'keys')
      throw this.#irregularities.unreadable(place, 'The file ends before its ballots.')
    if (this.#section === 'ballots') this.#irregularities.note(place, 'The word "end" is missing at the end.')
    if (this.#read !== this.#expected) {
      this.#irregularities.note(
        place,
        `There should be ${this.#expected} lines of ballots, and there are ${this.#read}.`,
      )
    }
    return {
      title: this.#title,
      options: this.#options.names,
      withdrawn: [],
      ...(this.#seats !== undefined && { seats: this.#seats }),
      ...this.#ballots.finish(this.#options.names.length, place),
      warnings: this.#irregularities.remarks(),
    }
  }

  #readKey(text: string, place: Place): void {
    const [, key, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(text) ?? []
    switch (key) {
      case 'title':
        this.#title = value!
        break
      case 'seats':
        this.#seats = this.#whole(value!, place)
        break
      case 'ballots':
        this.#expected = this.#whole(value!, place)
        this.#section = 'ballots'
        break
      case 'candidate': {
        const [id, ...name] = value!.split(/\s+/)
        if (this.#options.positionOf(id!) !== undefined)
          throw this.#irregularities.unreadable(place, 'Two candidates have one id.')
        this.#options.add(id!, name.join(' ') || id)
        break
      }
      case 'order':
        this.#order = value!.split(/\s+/).map((id) => this.#optionOf(id, place))
        break
      case undefined:
        throw this.#irregularities.unreadable(place, 'A line as key=value was expected.')
    }
  }

  #whole(text: string, place: Place): number {
    if (!/^\d{1,9}$/.test(text)) throw this.#irregularities.unreadable(place, 'A whole number was expected.')
    return Number(text)
  }

  #optionOf(id: string, place: Place): number {
    const option = this.#options.positionOf(id)
    if (option === undefined)
      throw this.#irregularities.unreadable(
        place,
        `There is no candidate ${JSON.stringify(id.slice(0, 40))}.`,
      )
    return option
  }

  #readBallot(text: string, line: number): void {
    this.#read++
    const [, weight, rest] = /^\s*(?:(\d{1,15})[xX](?:\s+|$))?(.*)$/s.exec(text)!
    const place = { line, column: text.length - rest!.length + 1 }
    const words = rest!.split(/\s+/).filter((word) => word !== '')
    const ranks = this.#order
      ? this.#ranksByOrder(words, this.#order, place)
      : words.map((id) => [this.#optionOf(id, place)])
    this.#ballots.add(packRanking(ranks), weight ?? '1', place)
  }

  #ranksByOrder(words: readonly string[], order: readonly number[], place: Place): number[][] {
    if (words.length !== order.length) {
      throw this.#irregularities.unreadable(
        place,
        `A ballot has ${order.length} ranks, and this one ${words.length}.`,
      )
    }
    const numbers = words.map((word) => (word === '-' ? undefined : this.#whole(word, place)))
    const ranks = ranksOfNumbers(numbers.map((number, column) => [order[column]!, number]))
    if (ranks === undefined) throw this.#irregularities.unreadable(place, 'Ranks run from 1 to 10000.')
    return ranks
  }
}
