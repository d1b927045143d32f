import type { BallotFile } from '../ballot-file.ts'
import type { BallotFormat, ReadOptions } from '../ballot-format.ts'
import { ElementsReader } from '../elements-reader.ts'
import { Irregularities, type Place } from '../irregularities.ts'
import { JsonElements } from '../json-elements.ts'
import { type ContestBallots, highestRank } from './contest-ballots.ts'
import { Contests } from './contests.ts'
import { located } from './located.ts'
import { type RecordFields, recordsIn, textIn, textsIn } from './record-fields.ts'
import { type SoughtBy, soughtBy } from './sought-ballot.ts'

const exportName = /CvrExport(_\d+)?\.json(\.gz)?$/

/** Cast vote records of Dominion's Democracy Suite: `CvrExport.json`, or a folder with the manifests beside it. */
export const dominion: BallotFormat = {
  id: 'dominion',
  title: 'Dominion Democracy Suite, CvrExport.json',
  extensions: ['json'],
  holdsContests: true,
  fits: (head) => /^\uFEFF?\s*\{/.test(head) && /"Sessions"\s*:\s*\[/.test(head),
  companions: (name, beside) => {
    const manifests = ['CandidateManifest.json', 'ContestManifest.json']
    return exportName.test(name)
      ? manifests
          .map((manifest) => name.replace(exportName, manifest))
          .filter((each) => beside.includes(each))
      : []
  },
  inFolder: (name) => exportName.test(name),
  reader: (options) => {
    const irregularities = new Irregularities('dominion', options.irregularities)
    const sessions = new DominionSessions(options, irregularities)
    const elements = new JsonElements(
      ['Sessions'],
      (_, session, place) => sessions.take(session as RecordFields, place),
      irregularities,
    )
    return new ElementsReader(elements, () => sessions.finish(), irregularities)
  },
}

/** Marks that a ballot without a valid contest bears, by the manifest of outstack conditions. */
const excludedContest = '7'

/**
 * The sessions of an export, one for each ballot: its cards, on each of them contests, on each of these marks
 * with a rank. Where the ballot was adjudicated, what was decided is read in place of the original.
 */
class DominionSessions {
  readonly #options: ReadOptions
  readonly #irregularities: Irregularities
  readonly #contests: Contests
  #sessions = 0

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#options = options
    this.#irregularities = irregularities
    this.#contests = new Contests(options.order, this.#irregularities)
  }

  take(session: RecordFields, place: Place): void {
    this.#sessions++
    const [original] = recordsIn(session, 'Original')
    const isCurrent = original !== undefined && textIn(original, 'IsCurrent') !== 'false'
    const current = isCurrent ? original : recordsIn(session, 'Modified')[0]
    if (current === undefined) {
      this.#irregularities.note(place, 'This session has no current record, and was left out.')
      return
    }
    const cards = recordsIn(current, 'Cards')
    const sought = this.#soughtBy(session)
    for (const card of cards.length > 0 ? cards : [current]) {
      for (const contest of recordsIn(card, 'Contests')) this.#readContest(contest, sought, place)
    }
  }

  /** @throws ContestNotChosen */
  finish(): BallotFile {
    const contests = this.#manifest('ContestManifest.json')
    const candidates = this.#manifest('CandidateManifest.json')
    if (candidates.length === 0) {
      this.#irregularities.note(
        { line: 1, column: 1 },
        'There is no CandidateManifest.json beside the file; options are named by their numbers.',
      )
    }
    for (const contest of contests) {
      const id = textIn(contest, 'Id')
      if (id === undefined) continue
      const seats = Number(textIn(contest, 'VoteFor'))
      const standing = candidates.filter((candidate) => textIn(candidate, 'ContestId') === id)
      this.#contests.describe(id, {
        name: textIn(contest, 'Description') ?? id,
        ...(Number.isInteger(seats) && seats > 0 && { seats }),
        options: standing
          .filter((candidate) => textIn(candidate, 'Type') !== 'WriteIn')
          .flatMap((candidate) =>
            textsIn(candidate, 'Id').map((key) => ({ key, name: textIn(candidate, 'Description') ?? key })),
          ),
        writeIns: standing
          .filter((candidate) => textIn(candidate, 'Type') === 'WriteIn')
          .flatMap((candidate) => textsIn(candidate, 'Id')),
      })
    }
    return this.#contests.finish(this.#options.contest)
  }

  #readContest(contest: RecordFields, sought: SoughtBy, place: Place): void {
    const id = textIn(contest, 'Id')
    if (id === undefined || textsIn(contest, 'OutstackConditionIds').includes(excludedContest)) return
    const ballots = this.#contests.ballotsOf(id)
    for (const mark of recordsIn(contest, 'Marks')) {
      if (textIn(mark, 'IsAmbiguous') !== 'true') this.#readMark(mark, ballots, place)
    }
    located(this.#irregularities, place, () => ballots.endBallot({ sought }))
  }

  #readMark(mark: RecordFields, ballots: ContestBallots, place: Place): void {
    const key = textIn(mark, 'CandidateId')
    const rank = Number(textIn(mark, 'Rank'))
    if (key === undefined || !(Number.isInteger(rank) && rank >= 1 && rank <= highestRank)) {
      throw this.#irregularities.unreadable(
        place,
        `A mark in this session lacks its candidate or a rank from 1 to ${highestRank}.`,
      )
    }
    ballots.mark(key, rank)
  }

  /** A ballot is named by its number in the file, or by tabulator, batch and record: `42-1-7`. */
  #soughtBy(session: RecordFields): SoughtBy {
    const id = ['TabulatorId', 'BatchId', 'RecordId'].map((field) => textIn(session, field)).join('-')
    return soughtBy(this.#options.find, { number: this.#sessions, ids: [id] })
  }

  #manifest(name: string): RecordFields[] {
    const { companions = {} } = this.#options
    const key = Object.keys(companions).find((path) => path.endsWith(name))
    if (key === undefined) return []
    try {
      return recordsIn(JSON.parse(companions[key]!.replace(/^\uFEFF/, '')) as RecordFields, 'List')
    } catch {
      throw this.#irregularities.unreadable({ line: 1, column: 1 }, `${name} beside the file is not JSON.`)
    }
  }
}
