import { type BallotGrouping, rankingGroups } from '../tabulation/ballot-grouping.ts'
import { type BallotGroups, sharesRank, skippedRank } from '../tabulation/ballot-groups.ts'
import { BallotFinder } from './ballot-finder.ts'
import type { ReadOptions } from './ballot-format.ts'
import type { Irregularities, Place } from './irregularities.ts'

/**
 * The ballots of a BLT file. Programs disagree whether a weight follows the `(id)` of a ballot (OpenSTV: it
 * does, and is 1; droop: it does not). Until a ballot with an id begins with something else than 1, that 1 is
 * taken for a weight; then it turns out to be the first preference of those before as well.
 */
export class BltBallots {
  readonly #optionCount: number
  readonly #options: ReadOptions
  readonly #irregularities: Irregularities
  #grouping: BallotGrouping
  #withoutId = 0
  #withId = 0
  #afterId: 'weights' | 'ranks' = 'weights'
  #firstId: Place | undefined
  readonly #finder: BallotFinder

  /** @throws TabulationRefusal `options-out-of-range` */
  constructor(optionCount: number, options: ReadOptions, irregularities: Irregularities) {
    this.#optionCount = optionCount
    this.#options = options
    this.#irregularities = irregularities
    this.#grouping = rankingGroups(optionCount, options.order)
    this.#finder = new BallotFinder(options.find)
  }

  /** @throws TabulationRefusal for a weight that can't be held exactly */
  add(ranks: Uint16Array, weight: number | string, length: number): void {
    this.#withoutId++
    if (this.#options.find === undefined) this.#grouping.addLater(ranks, weight, length)
    else this.#finder.saw(this.#grouping.add(ranks, weight, length))
  }

  /**
   * Adds a ballot with an id.
   * @param ranks what follows the id, as if no weight did
   */
  addWithId(id: string, ranks: Uint16Array, length: number, place: Place): void {
    this.#firstId ??= place
    const beginsWithOne = length > 0 && ranks[0] === 0 && !(length > 1 && ranks[1]! >= sharesRank)
    if (this.#afterId === 'weights' && !beginsWithOne) this.#takeWeightsForRanks(place)
    const group =
      this.#afterId === 'weights'
        ? this.#grouping.add(ranks.subarray(1), 1, length - 1)
        : this.#grouping.add(ranks, 1, length)
    this.#withId++
    this.#finder.saw(group, id)
  }

  finish(): { readonly ballots: BallotGroups; readonly found?: number } {
    if (this.#firstId) {
      this.#irregularities.note(
        this.#firstId,
        this.#afterId === 'weights'
          ? 'Every ballot with an (id) begins with 1, which was taken for its weight.'
          : 'No weight follows the (id) of a ballot: what does was taken for its first preference.',
      )
    }
    return { ballots: this.#grouping.finish(), ...this.#finder.result() }
  }

  #takeWeightsForRanks(place: Place): void {
    this.#afterId = 'ranks'
    if (this.#withId === 0) return
    if (this.#withoutId > 0) {
      throw this.#irregularities.unreadable(
        place,
        'Ballots with an (id) began with 1 up to here, and others have no id: it is not clear whether weights follow ids.',
      )
    }
    const read = this.#grouping.finish()
    this.#grouping = rankingGroups(this.#optionCount, this.#options.order)
    const prefixed = (group: number) => [
      0,
      ...read.entries.subarray(read.starts[group], read.starts[group + 1]),
    ]
    if (read.sequence) for (const group of read.sequence) this.#grouping.add(prefixed(group))
    else
      for (let group = 0; group < read.count; group++)
        this.#grouping.add(prefixed(group), read.weights[group])
  }
}

/** The ranks of the ballot that is being read, packed. */
export class BltRanks {
  entries = new Uint16Array(256)
  length = 0
  /** After `=`: the next option shares the rank of the last. */
  joins = false

  add(option: number): void {
    this.#push(this.joins ? option | sharesRank : option)
    this.joins = false
  }

  skip(): void {
    this.#push(skippedRank)
  }

  /** Whether an `=` can follow. */
  get endsWithOption(): boolean {
    return this.length > 0 && this.entries[this.length - 1] !== skippedRank && !this.joins
  }

  #push(entry: number): void {
    if (this.length === this.entries.length) {
      const larger = new Uint16Array(this.length * 2)
      larger.set(this.entries)
      this.entries = larger
    }
    this.entries[this.length++] = entry
  }
}
