import type { BallotFile } from '../ballot-file.ts'
import type { ReadOptions } from '../ballot-format.ts'
import type { CsvRow } from '../csv-rows.ts'
import type { Irregularities } from '../irregularities.ts'
import { highestRank, unknownOvervote, writeIn } from './contest-ballots.ts'
import { Contests } from './contests.ts'
import { located } from './located.ts'
import { soughtBy } from './sought-ballot.ts'

/** A column that holds the option of a rank. */
interface RankColumn {
  readonly cell: number
  readonly contest: string
  readonly rank: number
}

/** What a head says: `For Mayor Choice 2 (50)`, `rank2`, `2nd`, `2ND CHOICE MAYOR`. */
const rankHeads = [
  /^(?<contest>.*?)\s*(?:choice|rank)[\s_-]*(?<rank>\d+)\b/i,
  /^(?<rank>\d+)(?:st|nd|rd|th)(?:\s+(?:choice|rank)\s*)?(?<contest>.*)$/i,
]

/** Whether the heads of a table are those of ranks. */
export function hasRankColumns(heads: readonly string[]): boolean {
  return rankColumnsOf(heads).length > 0
}

/** The columns of ranks; where no head says so in words, those that are headed by 1, 2, 3 and so on. */
function rankColumnsOf(heads: readonly string[]): RankColumn[] {
  const named = heads.flatMap((head, cell) => {
    const match = rankHeads.map((pattern) => pattern.exec(head.trim())).find((found) => found !== null)
    if (!match) return []
    const rank = Number(match.groups!.rank)
    return rank >= 1 && rank <= highestRank ? [{ cell, contest: match.groups!.contest!, rank }] : []
  })
  if (named.length > 0) return named
  const first = heads.findIndex((head) => head.trim() === '1')
  if (first === -1) return []
  const after = heads.slice(first)
  const end = after.findIndex((head, at) => head.trim() !== String(at + 1))
  const numbered = end === -1 ? after : after.slice(0, end)
  return numbered.length < 2 ? [] : numbered.map((_, at) => ({ cell: first + at, contest: '', rank: at + 1 }))
}

/** Where several options stand in one cell. */
const overvoteSeparator = '|'

/**
 * A table with a row for each ballot and a column for each rank, in which the names of options stand, as
 * ES&S exports it. An empty cell and `undervote` are a skipped rank; `overvote` is one with several
 * options, of which the table doesn't say which; names with | between are several that it says; `UWI` and
 * `Write-in` are undeclared write-ins. A column `Count` weighs the row, and `invalid` sets a ballot aside.
 */
export class RankColumns {
  readonly #options: ReadOptions
  readonly #irregularities: Irregularities
  readonly #contests: Contests
  #columns: readonly RankColumn[] | undefined
  #contestNames: readonly string[] = []
  /** What each text of a cell names, so that none is looked at twice. */
  readonly #keys = new Map<string, readonly string[]>()
  #idCell = -1
  #weightCell = -1
  #invalidCell = -1
  #ballots = 0

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#options = options
    this.#irregularities = irregularities
    this.#contests = new Contests(options.order, this.#irregularities)
  }

  take(row: CsvRow): void {
    if (this.#columns) this.#readBallot(row, this.#columns)
    else this.#readHeads(row)
  }

  /** The next row is that of heads again. */
  nextFile(): void {
    this.#columns = undefined
  }

  /** @throws ContestNotChosen */
  finish(): BallotFile {
    return this.#contests.finish(this.#options.contest)
  }

  #readHeads(row: CsvRow): void {
    const heads = Array.from({ length: row.length }, (_, cell) => row.text(cell))
    this.#columns = rankColumnsOf(heads)
    if (this.#columns.length === 0) {
      throw this.#irregularities.unreadable(row.place(0), 'No column is headed by a rank.')
    }
    this.#contestNames = [...new Set(this.#columns.map(({ contest }) => contest))]
    const cellOf = (head: RegExp) => heads.findIndex((text) => head.test(text))
    this.#idCell = cellOf(/^(cast vote record|cvr|ballot|record)\b/i)
    this.#weightCell = cellOf(/^(count|weight)$/i)
    this.#invalidCell = cellOf(/^invalid$/i)
  }

  #readBallot(row: CsvRow, columns: readonly RankColumn[]): void {
    this.#ballots++
    const ids = this.#idCell < 0 ? [] : [row.text(this.#idCell)]
    const sought = soughtBy(this.#options.find, { number: this.#ballots, ids })
    const weight = this.#weightCell >= 0 && !row.isEmpty(this.#weightCell) ? row.text(this.#weightCell) : 1
    const isInvalid = this.#invalidCell >= 0 && /^(true|yes|1)$/i.test(row.text(this.#invalidCell))
    for (const { cell, contest, rank } of columns) this.#readCell(row.text(cell), contest, rank)
    for (const contest of this.#contestNames) {
      const ballots = this.#contests.ballotsOf(contest)
      if (isInvalid) ballots.endInvalidBallot()
      else located(this.#irregularities, row.place(0), () => ballots.endBallot({ sought, weight }))
    }
  }

  #readCell(text: string, contest: string, rank: number): void {
    if (text === '') return
    let keys = this.#keys.get(text)
    if (keys === undefined) {
      const names = text.includes(overvoteSeparator) ? text.split(overvoteSeparator) : [text]
      keys = names.flatMap((name) => keyOf(name.trim()) ?? [])
      this.#keys.set(text, keys)
    }
    for (const key of keys) this.#contests.ballotsOf(contest).mark(key, rank)
  }
}

/** What a cell names; nothing where the rank was left out. */
function keyOf(name: string): string | undefined {
  switch (name.toLowerCase()) {
    case '':
    case 'undervote':
    case 'skipped':
      return undefined
    case 'overvote':
      return unknownOvervote
    case 'uwi':
    case 'write-in':
      return writeIn
    default:
      return name
  }
}
