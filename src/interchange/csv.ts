import { maxScore, packRanking } from '../tabulation/ballot-groups.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from './ballot-format.ts'
import { CsvRecords } from './csv-records.ts'
import { type CsvKind, type CsvShape, csvShape, wholeNumber } from './csv-shape.ts'
import { writeCsvChoices, writeCsvOptions, writeCsvRanks, writeCsvScores } from './csv-writer.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { OptionList } from './option-list.ts'
import { ranksOfNumbers } from './rank-numbers.ts'

/** How many records the kind of a file is judged by. */
const sampleSize = 1000

const delimited = /^[^\n]*[,;\t][^\n]*\n/
/** A column headed by nothing but rank1, rank 2 and so on. */
const rankHeader = /^([^\n]*[,;\t])?"?rank[ _]?\d+"?\s*([,;\t\r\n]|$)/i

/** CSV, of which the columns tell what they are, see `csvShape`. */
export const csv: BallotFormat = {
  id: 'csv',
  title: 'CSV, what its columns are found out',
  extensions: ['csv', 'tsv'],
  fits: (head) => delimited.test(head) && !/^\s*[<{[]/.test(head),
  reader: (options) => new CsvReader('csv', undefined, options),
}

export const csvRanks: BallotFormat = {
  ...csv,
  id: 'csv-ranks',
  title: 'CSV, a column a rank',
  fits: (head) => csv.fits(head) && rankHeader.test(head),
  reader: (options) => new CsvReader('csv-ranks', 'ranks', options),
  write: writeCsvRanks,
}

export const csvOptions: BallotFormat = {
  ...csv,
  id: 'csv-options',
  title: 'CSV, a column an option, with its rank',
  fits: () => false,
  reader: (options) => new CsvReader('csv-options', 'options', options),
  write: writeCsvOptions,
}

export const csvScores: BallotFormat = {
  ...csv,
  id: 'csv-scores',
  title: 'CSV, a column an option, with its score',
  fits: () => false,
  reader: (options) => new CsvReader('csv-scores', 'scores', options),
  write: writeCsvScores,
}

export const csvChoices: BallotFormat = {
  ...csv,
  id: 'csv-choices',
  title: 'CSV, one name a row',
  fits: () => false,
  reader: (options) => new CsvReader('csv-choices', 'choices', options),
  write: writeCsvChoices,
}

class CsvReader implements BallotReader {
  readonly #readOptions: ReadOptions
  readonly #irregularities: Irregularities
  readonly #forced: CsvKind | undefined
  readonly #records: CsvRecords
  #header: { readonly cells: readonly string[]; readonly line: number } | undefined
  /** Records until it is known what they are. */
  #sample: { readonly cells: readonly string[]; readonly line: number }[] = []
  #ballots: CsvBallots | undefined
  #line = 1

  constructor(id: string, forced: CsvKind | undefined, options: ReadOptions) {
    this.#readOptions = options
    this.#forced = forced
    this.#irregularities = new Irregularities(id, options.irregularities)
    this.#records = new CsvRecords({
      irregularities: this.#irregularities,
      record: (cells, line) => this.#take(cells, line),
    })
  }

  write(bytes: Uint8Array): void {
    this.#records.write(bytes)
  }

  end(): BallotFile {
    this.#records.end()
    return {
      title: '',
      withdrawn: [],
      ...this.#begun().finish({ line: this.#line, column: 1 }),
      warnings: this.#irregularities.remarks(),
    }
  }

  #take(cells: readonly string[], line: number): void {
    this.#line = line
    if (this.#header === undefined) this.#header = { cells, line }
    else if (this.#ballots) this.#ballots.read(cells, line)
    else {
      this.#sample.push({ cells, line })
      if (this.#sample.length === sampleSize) this.#begun()
    }
  }

  /** Finds out what the columns are, and reads what waited for that. */
  #begun(): CsvBallots {
    if (this.#ballots) return this.#ballots
    const { cells, line } = this.#header ?? { cells: [], line: 1 }
    const sample = this.#sample.map(({ cells }) => cells)
    const shape = csvShape(cells, sample, this.#forced)
    if (typeof shape === 'string') throw this.#irregularities.unreadable({ line, column: 1 }, shape)
    if (this.#forced === undefined && (shape.kind === 'options' || shape.kind === 'scores')) {
      const taken = shape.kind === 'options' ? 'ranks, 1 the best' : 'scores'
      this.#irregularities.note({ line, column: 1 }, `The numbers were taken for ${taken}.`)
    }
    this.#ballots = new CsvBallots(shape, cells, this.#readOptions, this.#irregularities)
    for (const record of this.#sample) this.#ballots.read(record.cells, record.line)
    this.#sample = []
    return this.#ballots
  }
}

/** Reads records whose columns are known. */
class CsvBallots {
  readonly #shape: CsvShape
  readonly #irregularities: Irregularities
  readonly #ballots: BallotCollector
  readonly #options = new OptionList()
  readonly #cellCount: number

  constructor(
    shape: CsvShape,
    header: readonly string[],
    readOptions: ReadOptions,
    irregularities: Irregularities,
  ) {
    this.#shape = shape
    this.#cellCount = header.length
    this.#irregularities = irregularities
    const kind = shape.kind === 'scores' ? 'scores' : shape.kind === 'choices' ? 'selections' : 'rankings'
    this.#ballots = new BallotCollector(kind, readOptions, irregularities)
    if (shape.kind === 'options' || shape.kind === 'scores') {
      for (const column of shape.columns) this.#options.add(header[column]!)
    }
  }

  read(cells: readonly string[], line: number): void {
    const place = { line, column: 1 }
    const { columns, weight, id } = this.#shape
    if (cells.length > this.#cellCount && cells.slice(this.#cellCount).some((cell) => cell !== '')) {
      this.#irregularities.note(place, 'Cells beyond the header were left out.')
    }
    const votes = columns.map((column) => cells[column] ?? '')
    const entries = this.#entriesOf(votes, place)
    const weighs = weight === undefined ? '1' : (cells[weight] ?? '')
    this.#ballots.add(entries, weighs.replace(/\.0+$/, ''), place, id === undefined ? undefined : cells[id])
  }

  finish(place: Place): Pick<BallotFile, 'options' | 'ballots' | 'found'> {
    return { options: this.#options.names, ...this.#ballots.finish(this.#options.names.length, place) }
  }

  #entriesOf(votes: readonly string[], place: Place): number[] {
    switch (this.#shape.kind) {
      case 'choices':
        return votes[0] === '' ? [] : [this.#options.add(votes[0]!)]
      case 'ranks':
        return packRanking(votes.map((name) => this.#rankOf(name, place)))
      case 'options': {
        const ranks = ranksOfNumbers(votes.map((cell, option) => [option, this.#numberOf(cell, place)]))
        if (ranks === undefined) throw this.#irregularities.unreadable(place, 'Ranks run from 1 to 10000.')
        return packRanking(ranks)
      }
      case 'scores':
        return votes.flatMap((cell, option) => {
          const score = this.#numberOf(cell, place)
          if (score === undefined) return []
          if (score > maxScore)
            throw this.#irregularities.unreadable(place, `A score is at most ${maxScore}.`)
          return [option, score]
        })
    }
  }

  #rankOf(name: string, place: Place): number[] {
    if (name === '') return []
    if (/^(undervote|overvote|skipped)$/i.test(name)) {
      this.#irregularities.note(place, `"${name}" was taken for an empty rank.`)
      return []
    }
    return [this.#options.add(name)]
  }

  #numberOf(cell: string, place: Place): number | undefined {
    const number = wholeNumber(cell)
    if (number === undefined && cell !== '') {
      throw this.#irregularities.unreadable(
        place,
        `A whole number was expected, not ${JSON.stringify(cell.slice(0, 40))}.`,
      )
    }
    return number
  }
}
