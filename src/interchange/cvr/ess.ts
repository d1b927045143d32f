import type { BallotFile } from '../ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from '../ballot-format.ts'
import { CsvRows } from '../csv-rows.ts'
import { Irregularities } from '../irregularities.ts'
import { readSheetRows } from '../sheet-rows.ts'
import { hasRankColumns, RankColumns } from './rank-columns.ts'

/** Cast vote records of ES&S as CSV, and other tables with a column for each rank that holds names. */
export const essCsv: BallotFormat = {
  id: 'ess-csv',
  title: 'ES&S cast vote records, CSV: an option in a column for each rank',
  extensions: ['csv'],
  holdsContests: true,
  fits: (head) => {
    const [heads = '', first = ''] = head.split(/\r?\n/, 2)
    // Names in the first row below, where a table of ranks or scores would have numbers.
    return (
      heads.includes(',') &&
      hasRankColumns(cells(heads)) &&
      /[^\d.,"\s-]{2}|(^|,)"?[A-Za-z]"?(,|$)/.test(first)
    )
  },
  reader: (options) => new EssReader(options),
}

function cells(line: string): string[] {
  return line
    .replace(/^\uFEFF/, '')
    .split(',')
    .map((cell) => cell.replaceAll('"', '').trim())
}

/** The same as a workbook, which is read as a whole. */
export const essXlsx: BallotFormat = {
  id: 'ess-xlsx',
  title: 'ES&S cast vote records, Excel: an option in a column for each rank',
  extensions: ['xlsx'],
  holdsContests: true,
  // A zip file that begins with a part of a workbook.
  fits: (head) =>
    head.startsWith('PK\u0003\u0004') && /\[Content_Types\]\.xml|_rels\/|xl\/|docProps\//.test(head),
  reader: (options) => new WorkbookReader(options),
}

class WorkbookReader implements BallotReader {
  readonly #table: RankColumns
  readonly #irregularities: Irregularities
  #pieces: Uint8Array[] = []

  constructor(options: ReadOptions) {
    this.#irregularities = new Irregularities('ess-xlsx', options.irregularities)
    this.#table = new RankColumns(options, this.#irregularities)
  }

  write(bytes: Uint8Array): void {
    this.#pieces.push(new Uint8Array(bytes))
  }

  nextFile(): void {
    this.#readSheet()
    this.#table.nextFile()
  }

  end(): BallotFile {
    this.#readSheet()
    return this.#table.finish()
  }

  #readSheet(): void {
    try {
      readSheetRows(Buffer.concat(this.#pieces), (row) => this.#table.take(row))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw this.#irregularities.unreadable(
        { line: 1, column: 1 },
        'This is no Excel workbook, or a damaged one.',
      )
    }
    this.#pieces = []
  }
}

class EssReader implements BallotReader {
  readonly #table: RankColumns
  readonly #irregularities: Irregularities
  #rows: CsvRows

  constructor(options: ReadOptions) {
    this.#irregularities = new Irregularities('ess-csv', options.irregularities)
    this.#table = new RankColumns(options, this.#irregularities)
    this.#rows = this.#newRows()
  }

  write(bytes: Uint8Array): void {
    this.#rows.write(bytes)
  }

  nextFile(): void {
    this.#rows.end()
    this.#rows = this.#newRows()
    this.#table.nextFile()
  }

  end(): BallotFile {
    this.#rows.end()
    return this.#table.finish()
  }

  #newRows(): CsvRows {
    return new CsvRows(
      (row) => this.#table.take(row),
      (place, message) => this.#irregularities.unreadable(place, message),
    )
  }
}
