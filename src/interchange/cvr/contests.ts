import type { BallotOrder } from '../../tabulation/ballot-grouping.ts'
import { type BallotFile, ContestNotChosen } from '../ballot-file.ts'
import type { Irregularities } from '../irregularities.ts'
import { ContestBallots, writeIn } from './contest-ballots.ts'
import { located } from './located.ts'

/** Where something is that concerns the file as a whole. */
const wholeFile = { line: 1, column: 1 }

/** An option of a contest: how the file identifies it, and its name. */
export interface OptionName {
  readonly key: string
  readonly name: string
}

/** What a file says of a contest. */
interface ContestFacts {
  readonly name: string
  readonly seats?: number
  /** In the order of the ballot, without write-ins. */
  readonly options: readonly OptionName[]
  /** What the file identifies write-ins by. */
  readonly writeIns?: readonly string[]
}

/** The contests of a file of cast vote records, each with its ballots, until it is known which one is read. */
export class Contests {
  readonly #order: BallotOrder
  readonly #irregularities: Irregularities
  readonly #ballots = new Map<string, ContestBallots>()
  readonly #facts = new Map<string, ContestFacts>()

  constructor(order: BallotOrder, irregularities: Irregularities) {
    this.#order = order
    this.#irregularities = irregularities
  }

  ballotsOf(id: string): ContestBallots {
    const known = this.#ballots.get(id)
    if (known) return known
    const ballots = new ContestBallots(this.#order)
    this.#ballots.set(id, ballots)
    return ballots
  }

  describe(id: string, facts: ContestFacts): void {
    this.#facts.set(id, facts)
  }

  /**
   * The chosen contest. Options that are on ballots but are not described come last, under the names by
   * which the file identifies them, and write-ins at the very end.
   * @param chosen an id or a name; needed where there are several contests
   * @throws ContestNotChosen; BallotFileUnreadable if there is no contest, or no option in it
   */
  finish(chosen: string | undefined): BallotFile {
    const id = this.#choose(chosen)
    const { name = id, seats, options = [], writeIns = [] } = this.#facts.get(id) ?? {}
    const ballots = this.ballotsOf(id)
    const onBallots = ballots.keys()
    const isWriteIn = new Set([writeIn, ...writeIns])
    const known = new Set(options.map(({ key }) => key))
    const others = onBallots.filter((key) => !known.has(key) && !isWriteIn.has(key))
    const named = [...options, ...others.map((key) => ({ key, name: key }))]
    const positions = new Map(named.map(({ key }, position) => [key, position]))
    for (const key of isWriteIn) positions.set(key, named.length)
    const hasWriteIns = writeIns.length > 0 || onBallots.includes(writeIn)
    const names = [...named.map((option) => option.name), ...(hasWriteIns ? [writeIn] : [])]
    if (names.length === 0) {
      throw this.#irregularities.unreadable(wholeFile, 'No option is named, on a ballot or elsewhere.')
    }
    return {
      title: name,
      options: names,
      withdrawn: [],
      ...(seats !== undefined && { seats }),
      ...(hasWriteIns && { writeIns: [named.length] }),
      ...located(this.#irregularities, wholeFile, () => ballots.finish(positions, names.length)),
      warnings: this.#irregularities.remarks(),
    }
  }

  #choose(chosen: string | undefined): string {
    const ids = [...new Set([...this.#facts.keys(), ...this.#ballots.keys()])]
    if (ids.length === 0) throw this.#irregularities.unreadable(wholeFile, 'The file holds no contest.')
    const nameOf = (id: string) => this.#facts.get(id)?.name ?? id
    const fitting = chosen === undefined ? ids : ids.filter((id) => id === chosen || nameOf(id) === chosen)
    if (fitting.length === 1) return fitting[0]!
    const named = ids.map((id) =>
      ids.some((other) => other !== id && nameOf(other) === nameOf(id)) ? id : nameOf(id),
    )
    throw new ContestNotChosen({ ...(chosen !== undefined && { contest: chosen }), contests: named })
  }
}
