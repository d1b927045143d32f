import { rankingGroups } from '../../tabulation/ballot-grouping.ts'
import type { BallotFile } from '../ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from '../ballot-format.ts'
import { type CsvRow, CsvRows } from '../csv-rows.ts'
import { Irregularities } from '../irregularities.ts'

/** Formal preferences for the Australian Senate, as published since 2019: a box a column, groups first. */
export const aecSenate: BallotFormat = {
  id: 'aec-senate',
  title: 'Australian Senate, formal preferences',
  extensions: ['csv'],
  fits: (head) => /^\uFEFF?"?State"?,"?Division"?,[^\n]*Paper No"?,"?[A-Z]+:/.test(head),
  reader: (options) => new SenateReader(options),
}

/** State, division, place and its number, batch and paper come before the boxes. */
const columnsBefore = 6

/** What the boxes of a paper stand for. */
interface Boxes {
  /** The columns of the groups, with the candidates of each in the order of the ballot. */
  readonly groups: readonly { readonly column: number; readonly candidates: readonly number[] }[]
  readonly firstCandidate: number
  readonly candidates: readonly string[]
}

/** Below the line at least the first six preferences; above it, the first. Commonwealth Electoral Act, section 268A. */
const fewestBelow = 6
const fewestAbove = 1

/**
 * Reads each paper by the rules of the Commonwealth Electoral Act 1918, sections 239, 268A, 269 and 272: a
 * paper that is formal below the line counts so; otherwise the groups numbered above the line stand for their
 * candidates in the order of the ballot. Preferences count as far as the numbers go on one by one, each
 * used once. A tick or a cross is a 1.
 */
class SenateReader implements BallotReader {
  readonly #irregularities: Irregularities
  readonly #order: ReadOptions['order']
  readonly #find: string | undefined
  readonly #rows: CsvRows
  #boxes: Boxes | undefined
  #grouping = rankingGroups(1)
  #state = ''
  #papers = 0
  #found: number | undefined
  #below = new PreferenceBoxes(0)
  #above = new PreferenceBoxes(0)
  #entries = new Uint16Array(0)

  constructor({ irregularities, order, find }: ReadOptions) {
    this.#irregularities = new Irregularities('aec-senate', irregularities)
    this.#order = order
    this.#find = find
    this.#rows = new CsvRows(
      (row) => (this.#boxes ? this.#readPaper(row, this.#boxes) : this.#readHeader(row)),
      (place, message) => this.#irregularities.unreadable(place, message),
    )
  }

  write(bytes: Uint8Array): void {
    this.#rows.write(bytes)
  }

  end(): BallotFile {
    this.#rows.end()
    if (this.#boxes === undefined) {
      throw this.#irregularities.unreadable({ line: 1, column: 1 }, 'There is no header.')
    }
    return {
      title: this.#state === '' ? 'Senate' : `Senate, ${this.#state}`,
      options: this.#boxes.candidates,
      withdrawn: [],
      ballots: this.#grouping.finish(),
      ...(this.#found !== undefined && { found: this.#found }),
      warnings: this.#irregularities.remarks(),
    }
  }

  /** Boxes are headed `A:name`. The first group comes again where the candidates begin. */
  #readHeader(row: CsvRow): void {
    const heads = Array.from({ length: row.length - columnsBefore }, (_, box) => {
      const text = row.text(columnsBefore + box)
      const match = /^([A-Z]+):(.*)$/s.exec(text)
      if (match) return { group: match[1]!, name: match[2]!.trim() }
      throw this.#irregularities.unreadable(
        row.place(columnsBefore + box),
        `A box is headed by its group and a name, not by ${JSON.stringify(text.slice(0, 40))}.`,
      )
    })
    const again = heads.findIndex(({ group }, box) => box > 0 && group === heads[0]!.group)
    const firstCandidate = again === -1 ? 0 : again
    const candidates = heads.slice(firstCandidate)
    const groups = heads.slice(0, firstCandidate).map(({ group }, box) => ({
      column: columnsBefore + box,
      candidates: [...candidates.keys()].filter((candidate) => candidates[candidate]!.group === group),
    }))
    this.#boxes = {
      groups,
      firstCandidate: columnsBefore + firstCandidate,
      candidates: candidates.map(({ name }) => name),
    }
    if (candidates.length === 0) {
      throw this.#irregularities.unreadable(row.place(columnsBefore), 'No candidate is named in the header.')
    }
    this.#grouping = rankingGroups(candidates.length, this.#order)
    this.#below = new PreferenceBoxes(candidates.length)
    this.#above = new PreferenceBoxes(groups.length)
    this.#entries = new Uint16Array(candidates.length)
  }

  #readPaper(row: CsvRow, { groups, firstCandidate, candidates }: Boxes): void {
    if (this.#state === '') this.#state = row.text(0)
    this.#papers++
    const length = this.#readBelow(row, firstCandidate, candidates.length) || this.#readAbove(row, groups)
    if (length === 0) {
      this.#irregularities.note(row.place(columnsBefore), 'A paper is not formal; it is counted as invalid.')
      this.#grouping.addInvalid()
      return
    }
    const group = this.#grouping.add(this.#entries, 1, length)
    if (this.#find !== undefined && this.#isFound(row)) this.#found = group
  }

  /** A paper is named by its number in the file, or by its place, batch and paper: `1/1/23`. */
  #isFound(row: CsvRow): boolean {
    return (
      this.#find === String(this.#papers) || this.#find === [3, 4, 5].map((cell) => row.text(cell)).join('/')
    )
  }

  /** @returns how many candidates are ranked, or 0 if the paper isn't formal below the line */
  #readBelow(row: CsvRow, first: number, count: number): number {
    const ranked = this.#below.read(row, first, count)
    if (ranked < Math.min(fewestBelow, count)) return 0
    for (let rank = 0; rank < ranked; rank++) this.#entries[rank] = this.#below.box(rank)
    return ranked
  }

  #readAbove(row: CsvRow, groups: Boxes['groups']): number {
    const ranked = this.#above.read(row, columnsBefore, groups.length)
    if (ranked < fewestAbove) return 0
    let length = 0
    for (let rank = 0; rank < ranked; rank++) {
      for (const candidate of groups[this.#above.box(rank)]!.candidates) this.#entries[length++] = candidate
    }
    return length
  }
}

/** The boxes on one side of the line, sorted by their numbers. */
class PreferenceBoxes {
  /** By number: box + 1; 0 if no box has it. */
  readonly #boxes: Uint16Array
  /** By number: how many boxes have it. */
  readonly #uses: Uint16Array

  constructor(count: number) {
    this.#boxes = new Uint16Array(count + 2)
    this.#uses = new Uint16Array(count + 2)
  }

  /** @returns how far the numbers go on one by one from 1, each used once */
  read(row: CsvRow, first: number, count: number): number {
    this.#boxes.fill(0)
    this.#uses.fill(0)
    for (let box = 0; box < count; box++) {
      const number = numberIn(row, first + box)
      if (number < 1 || number > count) continue
      this.#boxes[number] = box + 1
      this.#uses[number]!++
    }
    let ranked = 0
    while (this.#uses[ranked + 1] === 1) ranked++
    return ranked
  }

  /** The box of a rank from 0, below what `read` answered. */
  box(rank: number): number {
    return this.#boxes[rank + 1]! - 1
  }
}

function numberIn(row: CsvRow, cell: number): number {
  const number = row.wholeNumber(cell)
  if (number !== -1 || row.isEmpty(cell)) return number
  return /^[*/]$/.test(row.text(cell)) ? 1 : -1
}
