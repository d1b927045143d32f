import { type BallotKind, maxScore } from '../tabulation/ballot-groups.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from './ballot-format.ts'
import { CsvRecords } from './csv-records.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { OptionList } from './option-list.ts'

/** The files of Pabulib, of participatory budgeting: approvals, orders or points. Costs and budget are left out. */
export const pabulib: BallotFormat = {
  id: 'pabulib',
  title: 'Pabulib (.pb)',
  extensions: ['pb'],
  fits: (head) => /^META\s*\n\s*key;value/i.test(head),
  reader: (options) => new PabulibReader(options),
}

/** What votes of a type are. */
const kinds: Readonly<Record<string, BallotKind>> = {
  approval: 'selections',
  'choose-1': 'selections',
  ordinal: 'rankings',
  cumulative: 'scores',
  scoring: 'scores',
}

class PabulibReader implements BallotReader {
  readonly #readOptions: ReadOptions
  readonly #irregularities: Irregularities
  readonly #records: CsvRecords
  readonly #options = new OptionList()
  #section = ''
  /** The columns of the section, by name; absent until its header was read. */
  #columns: ReadonlyMap<string, number> | undefined
  #title = ''
  #voteType = ''
  #expected: string | undefined
  #read = 0
  #ballots: BallotCollector | undefined
  #line = 1

  constructor(options: ReadOptions) {
    this.#readOptions = options
    this.#irregularities = new Irregularities('pabulib', options.irregularities)
    this.#records = new CsvRecords({
      irregularities: this.#irregularities,
      delimiter: ';',
      record: (cells, line) => this.#take(cells, line),
    })
  }

  write(bytes: Uint8Array): void {
    this.#records.write(bytes)
  }

  end(): BallotFile {
    this.#records.end()
    const place = { line: this.#line, column: 1 }
    if (this.#ballots === undefined)
      throw this.#irregularities.unreadable(place, 'The file ends before its votes.')
    if (this.#expected !== undefined && this.#expected !== String(this.#read)) {
      this.#irregularities.note(
        place,
        `There should be ${this.#expected} votes, and there are ${this.#read}.`,
      )
    }
    return {
      title: this.#title,
      options: this.#options.names,
      withdrawn: [],
      ...this.#ballots.finish(this.#options.names.length, place),
      warnings: this.#irregularities.remarks(),
    }
  }

  #take(cells: readonly string[], line: number): void {
    this.#line = line
    const place = { line, column: 1 }
    const name =
      cells.length === 1 || cells.slice(1).every((cell) => cell === '') ? cells[0]!.toUpperCase() : ''
    if (name === 'META' || name === 'PROJECTS' || name === 'VOTES') {
      this.#section = name
      this.#columns = undefined
      if (name === 'VOTES') this.#beginVotes(place)
    } else if (this.#columns === undefined) {
      this.#columns = new Map(cells.map((cell, column) => [cell.toLowerCase(), column]))
    } else if (this.#section === 'META') this.#readMeta(cells[0]!, cells[1] ?? '')
    else if (this.#section === 'PROJECTS') {
      const id = this.#cell(cells, 'project_id', place)
      const title = this.#columns.has('name') ? this.#cell(cells, 'name', place) : id
      this.#options.add(id, title)
    } else if (this.#section === 'VOTES') this.#readVote(cells, place)
    else throw this.#irregularities.unreadable(place, 'A section was expected: META, PROJECTS or VOTES.')
  }

  #readMeta(key: string, value: string): void {
    if (key === 'description') this.#title = value
    if (key === 'vote_type') this.#voteType = value.toLowerCase()
    if (key === 'num_votes') this.#expected = value
  }

  #beginVotes(place: Place): void {
    const kind = kinds[this.#voteType]
    if (kind === undefined) {
      throw this.#irregularities.unreadable(
        place,
        `The vote_type is none of ${Object.keys(kinds).join(', ')}.`,
      )
    }
    this.#ballots ??= new BallotCollector(kind, this.#readOptions, this.#irregularities)
  }

  #cell(cells: readonly string[], name: string, place: Place): string {
    const column = this.#columns!.get(name)
    if (column === undefined) throw this.#irregularities.unreadable(place, `There is no column ${name}.`)
    return cells[column] ?? ''
  }

  #readVote(cells: readonly string[], place: Place): void {
    const ids = listed(this.#cell(cells, 'vote', place))
    const options = ids.map((id) => {
      const option = this.#options.positionOf(id)
      if (option === undefined)
        throw this.#irregularities.unreadable(
          place,
          `There is no project ${JSON.stringify(id.slice(0, 40))}.`,
        )
      return option
    })
    const entries =
      kinds[this.#voteType] === 'scores'
        ? this.#points(options, listed(this.#cell(cells, 'points', place)), place)
        : options
    const id = this.#columns!.has('voter_id') ? this.#cell(cells, 'voter_id', place) : undefined
    this.#ballots!.add(entries, 1, place, id)
    this.#read++
  }

  #points(options: readonly number[], points: readonly string[], place: Place): number[] {
    if (options.length !== points.length || new Set(options).size < options.length) {
      throw this.#irregularities.unreadable(place, 'A vote has points for each of its projects, each once.')
    }
    return options.flatMap((option, at) => {
      const score = Number(points[at])
      if (!/^\d+$/.test(points[at]!) || score > maxScore) {
        throw this.#irregularities.unreadable(place, `Points are a whole number up to ${maxScore}.`)
      }
      return [option, score]
    })
  }
}

function listed(cell: string): string[] {
  return cell
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
