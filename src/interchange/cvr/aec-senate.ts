import type { BallotFile } from '../ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from '../ballot-format.ts'
import { type CsvRow, CsvRows } from '../csv-rows.ts'
import { Irregularities } from '../irregularities.ts'
import { located } from './located.ts'
import { candidatesOf, type SenateCandidate } from './senate-candidates.ts'
import { type SenateBoxes, SenatePapers, senateBoxes } from './senate-papers.ts'

/** Formal preferences for the Australian Senate, as published since 2019: a box a column, groups first. */
export const aecSenate: BallotFormat = {
  id: 'aec-senate',
  title: 'Australian Senate, formal preferences',
  extensions: ['csv'],
  fits: (head) => /^\uFEFF?"?State"?,"?Division"?,[^\n]*Paper No"?,"?[A-Z]+:/.test(head),
  reader: (options) => new SenateReader('aec-senate', options, columnsOf2019),
}

/** The same of 2016: the boxes in one cell, and the candidates in a file of their own. */
export const aecSenate2016: BallotFormat = {
  id: 'aec-senate-2016',
  title: 'Australian Senate, formal preferences of 2016',
  extensions: ['csv'],
  fits: (head) => /^\uFEFF?"?ElectorateNm"?,[^\n]*"?PaperNo"?,"?Preferences"?\s*\n/.test(head),
  companions: (_, beside) => beside.filter((name) => /all-candidates.*\.csv$/i.test(name)),
  reader: (options) => new SenateReader('aec-senate-2016', options, columnsOf2016),
}

/** State and division, or division; place and its number, batch and paper come before the boxes. */
interface Columns {
  /** Of place, batch and paper. */
  readonly paper: readonly number[]
  readonly division: number
  readonly boxes: number
  /** What the boxes stand for, if the header says so. */
  readonly boxesIn: (header: CsvRow, irregularities: Irregularities) => SenateBoxes | undefined
  /** What the boxes of a paper hold. */
  readonly fill: (row: CsvRow, numbers: Int32Array) => void
}

const columnsOf2019: Columns = {
  paper: [3, 4, 5],
  division: 1,
  boxes: 6,
  boxesIn: boxesInHeader,
  fill: (row, numbers) => {
    for (let box = 0; box < numbers.length; box++) numbers[box] = numberIn(row, 6 + box)
  },
}

const columnsOf2016: Columns = {
  paper: [2, 3, 4],
  division: 0,
  boxes: 5,
  boxesIn: () => undefined,
  fill: (row, numbers) => {
    const texts = row.text(5).split(',')
    for (let box = 0; box < numbers.length; box++) numbers[box] = numberOf((texts[box] ?? '').trim())
  },
}

class SenateReader implements BallotReader {
  readonly #irregularities: Irregularities
  readonly #options: ReadOptions
  readonly #columns: Columns
  readonly #rows: CsvRows
  #hasHeader = false
  #boxes: SenateBoxes | undefined
  #papers: SenatePapers | undefined
  #state = ''
  #count = 0
  #found: number | undefined

  constructor(format: string, options: ReadOptions, columns: Columns) {
    this.#irregularities = new Irregularities(format, options.irregularities)
    this.#options = options
    this.#columns = columns
    this.#rows = new CsvRows(
      (row) => (this.#hasHeader ? this.#readPaper(row) : this.#readHeader(row)),
      (place, message) => this.#irregularities.unreadable(place, message),
    )
  }

  write(bytes: Uint8Array): void {
    this.#rows.write(bytes)
  }

  end(): BallotFile {
    this.#rows.end()
    if (this.#papers === undefined || this.#boxes === undefined) {
      throw this.#irregularities.unreadable({ line: 1, column: 1 }, 'There is no paper.')
    }
    return {
      title: this.#state === '' ? 'Senate' : `Senate, ${this.#state}`,
      options: this.#boxes.candidates,
      withdrawn: [],
      ballots: this.#papers.finish(),
      ...(this.#found !== undefined && { found: this.#found }),
      warnings: this.#irregularities.remarks(),
    }
  }

  #readHeader(row: CsvRow): void {
    this.#hasHeader = true
    const boxes = this.#columns.boxesIn(row, this.#irregularities)
    if (boxes) this.#begin(row, boxes)
  }

  #begin(row: CsvRow, boxes: SenateBoxes): SenatePapers {
    this.#boxes = boxes
    this.#papers = located(
      this.#irregularities,
      row.place(0),
      () => new SenatePapers(boxes, this.#options.order),
    )
    return this.#papers
  }

  #readPaper(row: CsvRow): void {
    // A line of dashes under the header.
    if (this.#count === 0 && row.text(0).startsWith('---')) return
    const papers = this.#papers ?? this.#begin(row, this.#boxesBeside(row))
    if (this.#state === '' && this.#columns.division > 0) this.#state = row.text(0)
    this.#count++
    this.#columns.fill(row, papers.numbers)
    const group = papers.add()
    if (group === undefined) {
      const place = row.place(this.#columns.boxes)
      this.#irregularities.note(place, 'A paper is not formal; it is counted as invalid.')
    } else if (this.#options.find !== undefined && this.#isFound(row, this.#options.find)) this.#found = group
  }

  /** The candidates of the state to which the division of the first paper belongs. */
  #boxesBeside(row: CsvRow): SenateBoxes {
    const text = Object.values(this.#options.companions ?? {})[0]
    const division = row.text(this.#columns.division)
    const found = text === undefined ? undefined : candidatesOf(text, division, this.#irregularities)
    if (found === undefined) {
      throw this.#irregularities.unreadable(
        row.place(this.#columns.division),
        text === undefined
          ? 'The candidates are not in this file, and their file (all-candidates….csv) is not beside it.'
          : `The file of candidates beside this one has no division ${JSON.stringify(division.slice(0, 40))}.`,
      )
    }
    this.#state = found.state
    const groups = [...new Set(found.candidates.map(({ group }) => group))].filter((group) => group !== 'UG')
    const boxes = senateBoxes(groups, found.candidates)
    const count = row.text(this.#columns.boxes).split(',').length
    const expected = groups.length + found.candidates.length
    if (count > expected) {
      throw this.#irregularities.unreadable(
        row.place(this.#columns.boxes),
        `This paper has ${count} boxes, but ${found.state} has ${expected}.`,
      )
    }
    return boxes
  }

  /** A paper is named by its number in the file, or by its place, batch and paper: `1/1/23`. */
  #isFound(row: CsvRow, find: string): boolean {
    return (
      find === String(this.#count) || find === this.#columns.paper.map((cell) => row.text(cell)).join('/')
    )
  }
}

/** Boxes are headed `A:name`. The first group comes again where the candidates begin. */
function boxesInHeader(row: CsvRow, irregularities: Irregularities): SenateBoxes {
  const first = columnsOf2019.boxes
  const heads = Array.from({ length: row.length - first }, (_, box): SenateCandidate => {
    const text = row.text(first + box)
    const match = /^([A-Z]+):(.*)$/s.exec(text)
    if (match) return { group: match[1]!, name: match[2]!.trim() }
    throw irregularities.unreadable(
      row.place(first + box),
      `A box is headed by its group and a name, not by ${JSON.stringify(text.slice(0, 40))}.`,
    )
  })
  const again = heads.findIndex(({ group }, box) => box > 0 && group === heads[0]!.group)
  const groups = heads.slice(0, Math.max(again, 0)).map(({ group }) => group)
  return senateBoxes(groups, heads.slice(groups.length))
}

function numberIn(row: CsvRow, cell: number): number {
  const number = row.wholeNumber(cell)
  return number !== -1 || row.isEmpty(cell) ? number : numberOf(row.text(cell))
}

/** A tick or a cross, which the Commission writes as these signs, is a 1. */
function numberOf(text: string): number {
  if (text === '*' || text === '/') return 1
  return /^\d{1,9}$/.test(text) ? Number(text) : -1
}
