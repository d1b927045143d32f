import { type BallotGrouping, groupingOf } from '../tabulation/ballot-grouping.ts'
import { type BallotGroups, type BallotKind, maxOptions } from '../tabulation/ballot-groups.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import { BallotFinder } from './ballot-finder.ts'
import type { ReadOptions } from './ballot-format.ts'
import type { Irregularities, Place } from './irregularities.ts'

/** Groups the ballots of a file whose options may become known only as it is read. */
export class BallotCollector {
  readonly #irregularities: Irregularities
  readonly #grouping: BallotGrouping
  readonly #finder: BallotFinder

  constructor(kind: BallotKind, options: ReadOptions, irregularities: Irregularities) {
    this.#irregularities = irregularities
    this.#grouping = groupingOf(kind, maxOptions, options.order)
    this.#finder = new BallotFinder(options.find)
  }

  /**
   * Adds a ballot, or as many alike as it weighs.
   * @param entries packed, see `BallotGrouping.add`
   * @throws BallotFileUnreadable with its place, for a weight that can't be held exactly
   */
  add(entries: ArrayLike<number>, weight: string | number, place: Place, id?: string): void {
    try {
      this.#finder.saw(this.#grouping.add(entries, weight), id)
    } catch (error) {
      if (error instanceof TabulationRefusal) throw this.#irregularities.unreadable(place, error.message)
      throw error
    }
  }

  /**
   * What was added, to be spread into a `BallotFile`.
   * @param place the end of the file
   * @throws BallotFileUnreadable if there are too many options
   */
  finish(optionCount: number, place: Place): { readonly ballots: BallotGroups; readonly found?: number } {
    if (optionCount > maxOptions) throw this.#irregularities.unreadable(place, 'There are too many options.')
    if (optionCount === 0) this.#irregularities.note(place, 'The file names no option.')
    return { ballots: { ...this.#grouping.finish(), optionCount }, ...this.#finder.result() }
  }
}
