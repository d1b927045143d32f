import type { BallotFile } from '../ballot-file.ts'
import type { ReadOptions } from '../ballot-format.ts'
import type { Irregularities, Place } from '../irregularities.ts'
import { type ContestBallots, highestRank, writeIn } from './contest-ballots.ts'
import { Contests, type OptionName } from './contests.ts'
import { located } from './located.ts'
import { type RecordFields, recordsIn, textIn, textsIn } from './record-fields.ts'
import { type SoughtBy, soughtBy } from './sought-ballot.ts'

/** The parts of a report that are read. */
export const nistLists = ['CVR', 'Election', 'Party']

/**
 * A report of cast vote records by NIST SP 1500-103, JSON or XML: of each record the current snapshot, of it
 * the contests, of these the selections, each with the positions at which it is marked. A selection marked at
 * several ranks is repeated; a rank at which several selections are marked is an overvote.
 */
export class NistReport {
  readonly #options: ReadOptions
  readonly #irregularities: Irregularities
  readonly #contests: Contests
  readonly #names = new Map<string, string>()
  readonly #elections: RecordFields[] = []
  #records = 0

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#options = options
    this.#irregularities = irregularities
    this.#contests = new Contests(options.order, this.#irregularities)
  }

  /** @param list one of `nistLists` */
  take(list: string, element: RecordFields, place: Place): void {
    if (list === 'CVR') this.#readRecord(element, place)
    else if (list === 'Election') this.#elections.push(element)
    else this.#name(element)
  }

  /** @throws ContestNotChosen */
  finish(): BallotFile {
    for (const election of this.#elections) {
      for (const candidate of recordsIn(election, 'Candidate')) this.#name(candidate)
    }
    for (const election of this.#elections) {
      for (const contest of recordsIn(election, 'Contest')) this.#describe(contest)
    }
    return this.#contests.finish(this.#options.contest)
  }

  #name(record: RecordFields): void {
    const id = textIn(record, '@id')
    const name = textIn(record, 'Name')
    if (id !== undefined && name !== undefined) this.#names.set(id, name)
  }

  #describe(contest: RecordFields): void {
    const id = textIn(contest, '@id')
    if (id === undefined) return
    const seats = Number(textIn(contest, 'NumberElected'))
    const selections = recordsIn(contest, 'ContestSelection')
    this.#contests.describe(id, {
      name: textIn(contest, 'Name') ?? id,
      ...(Number.isInteger(seats) && seats > 0 && { seats }),
      options: selections.filter((each) => !isWriteIn(each)).flatMap((each) => this.#optionOf(each)),
      writeIns: selections.filter(isWriteIn).flatMap((each) => textsIn(each, '@id')),
    })
  }

  #optionOf(selection: RecordFields): OptionName[] {
    const key = textIn(selection, '@id')
    if (key === undefined) return []
    const people = [...textsIn(selection, 'CandidateIds'), ...textsIn(selection, 'PartyIds')]
    const named = people.map((id) => this.#names.get(id) ?? id).join(' / ')
    const name = textIn(selection, 'Selection') ?? (named === '' ? key : named)
    return [{ key, name }]
  }

  #readRecord(record: RecordFields, place: Place): void {
    this.#records++
    const snapshot = this.#currentSnapshot(record, place)
    if (snapshot === undefined) return
    const sought = this.#soughtBy(record)
    for (const contest of recordsIn(snapshot, 'CVRContest')) {
      const id = textIn(contest, 'ContestId')
      if (id === undefined) {
        this.#irregularities.note(place, 'A contest of this record is without its id, and was left out.')
        continue
      }
      const ballots = this.#contests.ballotsOf(id)
      for (const selection of recordsIn(contest, 'CVRContestSelection')) {
        this.#readSelection(selection, ballots, place)
      }
      located(this.#irregularities, place, () => ballots.endBallot({ sought }))
    }
  }

  #currentSnapshot(record: RecordFields, place: Place): RecordFields | undefined {
    const snapshots = recordsIn(record, 'CVRSnapshot')
    const current = textIn(record, 'CurrentSnapshotId')
    const found = snapshots.find((snapshot) => textIn(snapshot, '@id') === current)
    if (found !== undefined) return found
    this.#irregularities.note(
      place,
      snapshots.length === 0
        ? 'This record holds no snapshot, and was left out.'
        : 'This record does not say which snapshot is the current one; the last was taken.',
    )
    return snapshots.at(-1)
  }

  #soughtBy(record: RecordFields): SoughtBy {
    const ids = ['UniqueId', 'BallotPrePrintedId', 'BallotAuditId'].flatMap((field) => textsIn(record, field))
    return soughtBy(this.#options.find, { number: this.#records, ids })
  }

  /** The rank stands on the selection or on each of its positions: the publication allows both. */
  #readSelection(selection: RecordFields, ballots: ContestBallots, place: Place): void {
    const id = textIn(selection, 'ContestSelectionId')
    if (id === undefined) {
      this.#irregularities.note(place, 'A selection of this record is without its id, and was left out.')
      return
    }
    const positions = recordsIn(selection, 'SelectionPosition').filter(isMarked)
    const hasWriteIn = positions.some((position) => recordsIn(position, 'CVRWriteIn').length > 0)
    const key = hasWriteIn ? writeIn : id
    if (textIn(selection, 'Rank') !== undefined) ballots.mark(key, this.#rankIn(selection, place))
    else for (const position of positions) ballots.mark(key, this.#rankIn(position, place))
  }

  #rankIn(fields: RecordFields, place: Place): number | undefined {
    const text = textIn(fields, 'Rank')
    return text === undefined ? undefined : this.#rankOf(text, place)
  }

  #rankOf(text: string, place: Place): number {
    const rank = /^\d{1,4}$/.test(text) ? Number(text) : 0
    if (rank >= 1 && rank <= highestRank) return rank
    throw this.#irregularities.unreadable(
      place,
      `A rank is a whole number from 1 to ${highestRank}; ${JSON.stringify(text.slice(0, 20))} in this record is not.`,
    )
  }
}

/** Marked, and to be counted: a position without a word on it is. */
function isMarked(position: RecordFields): boolean {
  return textIn(position, 'HasIndication') !== 'no' && textIn(position, 'IsAllocable') !== 'no'
}

function isWriteIn(selection: RecordFields): boolean {
  return textIn(selection, 'IsWriteIn') === 'true'
}
