import type { BallotFile } from '../ballot-file.ts'
import type { BallotFormat, ReadOptions } from '../ballot-format.ts'
import { ElementsReader } from '../elements-reader.ts'
import { Irregularities, type Place } from '../irregularities.ts'
import { XmlElements } from '../xml-elements.ts'
import { type ContestBallots, highestRank, writeIn } from './contest-ballots.ts'
import { Contests } from './contests.ts'
import { located } from './located.ts'
import { type RecordFields, recordsIn, textIn } from './record-fields.ts'
import { soughtBy } from './sought-ballot.ts'

/** Cast vote records of Hart's Verity: a folder with an XML file for each ballot. */
export const hart: BallotFormat = {
  id: 'hart',
  title: 'Hart Verity, XML',
  extensions: ['xml'],
  holdsContests: true,
  fits: (head) => /<([\w.-]+:)?Cvr[\s>]/.test(head),
  inFolder: (name) => name.endsWith('.xml') && !name.endsWith('.sig.xml'),
  reader: (options) => {
    const irregularities = new Irregularities('hart', options.irregularities)
    const records = new HartRecords(options, irregularities)
    const elements = new XmlElements(
      (name, depth) => depth === 0 && name === 'Cvr',
      (_, record, place) => records.take(record, place),
      irregularities,
    )
    return new ElementsReader(elements, () => records.finish(), irregularities)
  },
}

/**
 * Records of which each contest has options, and each of these a value: the digit in place n is 1 where the
 * option is marked at rank n. A value of one digit is that of a contest without ranks.
 */
class HartRecords {
  readonly #options: ReadOptions
  readonly #irregularities: Irregularities
  readonly #contests: Contests
  /** Names of contests and options by their ids; a write-in that was read by people can have several. */
  readonly #contestNames = new Map<string, string>()
  readonly #optionNames = new Map<string, string>()
  #records = 0

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#options = options
    this.#irregularities = irregularities
    this.#contests = new Contests(options.order, this.#irregularities)
  }

  take(record: RecordFields, place: Place): void {
    this.#records++
    const ids = [textIn(record, 'CvrGuid')]
    const sought = soughtBy(this.#options.find, { number: this.#records, ids })
    for (const contest of recordsIn(record, 'Contests').flatMap((list) => recordsIn(list, 'Contest'))) {
      const id = textIn(contest, 'Id') ?? textIn(contest, 'Name')
      if (id === undefined) {
        this.#irregularities.note(place, 'A contest of this record has no id, and was left out.')
        continue
      }
      this.#contestNames.set(id, (textIn(contest, 'Name') ?? id).replace(/\s+/g, ' '))
      const ballots = this.#contests.ballotsOf(id)
      for (const option of recordsIn(contest, 'Options').flatMap((list) => recordsIn(list, 'Option'))) {
        this.#readOption(option, ballots, place)
      }
      located(this.#irregularities, place, () => ballots.endBallot({ sought }))
    }
  }

  /** @throws ContestNotChosen */
  finish(): BallotFile {
    for (const [id, name] of this.#contestNames) {
      const keys = this.#contests.ballotsOf(id).keys()
      this.#contests.describe(id, {
        name,
        options: keys
          .filter((key) => key !== writeIn)
          .map((key) => ({ key, name: this.#optionNames.get(key) ?? key })),
      })
    }
    return this.#contests.finish(this.#options.contest)
  }

  #readOption(option: RecordFields, ballots: ContestBallots, place: Place): void {
    const id = textIn(option, 'Id')
    const name = textIn(option, 'Name')
    const isWriteIn = recordsIn(option, 'WriteInData').length > 0 || id === undefined
    const value = textIn(option, 'Value') ?? ''
    if (!/^[01]+$/.test(value) || value.length > highestRank) {
      throw this.#irregularities.unreadable(
        place,
        'A value in this record is not made of the digits 0 and 1.',
      )
    }
    const key = isWriteIn ? writeIn : id
    if (!isWriteIn && name !== undefined && !this.#optionNames.has(key)) this.#optionNames.set(key, name)
    for (let rank = 1; rank <= value.length; rank++) {
      if (value[rank - 1] === '1') ballots.mark(key, value.length === 1 ? undefined : rank)
    }
  }
}
