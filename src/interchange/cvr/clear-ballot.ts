import type { BallotFile } from '../ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from '../ballot-format.ts'
import { type CsvRow, CsvRows } from '../csv-rows.ts'
import { Irregularities } from '../irregularities.ts'
import { highestRank, writeIn } from './contest-ballots.ts'
import { Contests } from './contests.ts'
import { located } from './located.ts'
import { soughtBy } from './sought-ballot.ts'

/** Cast vote records of Clear Ballot: a row a ballot, a column for each rank of each option. */
export const clearBallot: BallotFormat = {
  id: 'clear-ballot',
  title: 'Clear Ballot, CSV',
  extensions: ['csv'],
  holdsContests: true,
  fits: (head) => /^\uFEFF?"?RowNumber"?,[^\n]*"?Choice_\d+_\d+:/.test(head),
  reader: (options) => new ClearBallotReader(options),
}

/** A column of marks: `Choice_1_1:contest:rank:vote for:option:party`. */
interface Column {
  readonly cell: number
  readonly contest: string
  readonly key: string
  readonly rank: number
}

class ClearBallotReader implements BallotReader {
  readonly #options: ReadOptions
  readonly #irregularities: Irregularities
  readonly #contests: Contests
  readonly #rows: CsvRows
  #columns: readonly Column[] | undefined
  #ballotCell = -1
  #ballots = 0

  constructor(options: ReadOptions) {
    this.#options = options
    this.#irregularities = new Irregularities('clear-ballot', options.irregularities)
    this.#contests = new Contests(options.order, this.#irregularities)
    this.#rows = new CsvRows(
      (row) => (this.#columns ? this.#readBallot(row, this.#columns) : this.#readHeader(row)),
      (place, message) => this.#irregularities.unreadable(place, message),
    )
  }

  write(bytes: Uint8Array): void {
    this.#rows.write(bytes)
  }

  end(): BallotFile {
    this.#rows.end()
    return this.#contests.finish(this.#options.contest)
  }

  #readHeader(row: CsvRow): void {
    const columns: Column[] = []
    for (let cell = 0; cell < row.length; cell++) {
      const text = row.text(cell)
      if (text === 'BallotID') this.#ballotCell = cell
      if (!text.startsWith('Choice_')) continue
      const [, contest, rank, , option] = text.split(':')
      const number = Number(rank)
      if (contest === undefined || option === undefined || !(number >= 1 && number <= highestRank)) {
        throw this.#irregularities.unreadable(
          row.place(cell),
          'A column of marks names its contest, rank and option, with colons between.',
        )
      }
      const key = /^write-?in$/i.test(option) ? writeIn : option
      columns.push({ cell, contest, key, rank: number })
    }
    this.#columns = columns
    for (const [contest, all] of Map.groupBy(columns, (column) => column.contest)) {
      const keys = [...new Set(all.map(({ key }) => key))].filter((key) => key !== writeIn)
      this.#contests.describe(contest, {
        name: contest,
        options: keys.map((key) => ({ key, name: key })),
        writeIns: all.some(({ key }) => key === writeIn) ? [writeIn] : [],
      })
    }
  }

  #readBallot(row: CsvRow, columns: readonly Column[]): void {
    this.#ballots++
    const ids = [row.text(this.#ballotCell)]
    const sought = soughtBy(this.#options.find, { number: this.#ballots, ids })
    const contests = new Set<string>()
    for (const { cell, contest, key, rank } of columns) {
      const value = row.wholeNumber(cell)
      // A contest that was not on the ballot has empty cells.
      if (value === -1 && row.isEmpty(cell)) continue
      contests.add(contest)
      if (value === 1) this.#contests.ballotsOf(contest).mark(key, rank)
      else if (value !== 0) {
        this.#irregularities.note(row.place(cell), 'This cell is neither 1 nor 0; it was taken for no mark.')
      }
    }
    for (const contest of contests) {
      const ballots = this.#contests.ballotsOf(contest)
      located(this.#irregularities, row.place(0), () => ballots.endBallot({ sought }))
    }
  }
}
