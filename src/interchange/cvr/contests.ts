import type { BallotOrder } from '../../tabulation/ballot-grouping.ts'
import { type BallotFile, ContestNotChosen, type FileRemark } from '../ballot-file.ts'
import { ContestBallots, writeIn } from './contest-ballots.ts'

/** An option of a contest: how the file identifies it, and its name. */
export interface OptionName {
  readonly key: string
  readonly name: string
}

/** What a file says of a contest. */
export interface ContestFacts {
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
  readonly #ballots = new Map<string, ContestBallots>()
  readonly #facts = new Map<string, ContestFacts>()

  constructor(order: BallotOrder) {
    this.#order = order
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
   * @throws ContestNotChosen
   */
  finish(chosen: string | undefined, warnings: readonly FileRemark[]): BallotFile {
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
    return {
      title: name,
      options: names,
      withdrawn: [],
      ...(seats !== undefined && { seats }),
      ...(hasWriteIns && { writeIns: [named.length] }),
      ...ballots.finish(positions, names.length),
      warnings,
    }
  }

  #choose(chosen: string | undefined): string {
    const ids = [...new Set([...this.#facts.keys(), ...this.#ballots.keys()])]
    const nameOf = (id: string) => this.#facts.get(id)?.name ?? id
    const fitting = chosen === undefined ? ids : ids.filter((id) => id === chosen || nameOf(id) === chosen)
    if (fitting.length === 1) return fitting[0]!
    const named = ids.map((id) =>
      ids.some((other) => other !== id && nameOf(other) === nameOf(id)) ? id : nameOf(id),
    )
    throw new ContestNotChosen({ ...(chosen !== undefined && { contest: chosen }), contests: named })
  }
}
