import { BallotBatch } from './ballot-batch.ts'
import { type BallotGroups, type BallotKind, maxOptions, maxWeightPlaces } from './ballot-groups.ts'
import { BallotTable } from './ballot-table.ts'
import { CanonicalBallot } from './canonical-ballot.ts'
import { parseDecimal } from './decimal.ts'
import { grown, hashOf } from './packed-entries.ts'
import { TabulationRefusal } from './refusals.ts'

export interface BallotGrouping {
  /**
   * Adds a ballot.
   * @param entries packed as in `BallotGroups`; a plain list of options is a ranking without equal or
   *   skipped ranks, or a set of selections. Scores alternate with their options. Copied.
   * @param weight a whole number, or an exact decimal with up to six places; 1 when left out
   * @param length how many of the entries count, for callers that reuse a buffer
   * @returns the number of its group; -1 for a ballot of weight 0, which is none
   * @throws TabulationRefusal `ballot-malformed`, `weight-invalid` or `weight-too-large`
   */
  add(entries: ArrayLike<number>, weight?: number | string, length?: number): number
  /**
   * As `add`, where the group is not of interest. Ballots wait to be grouped many at a time, which is much faster
   * where most of them differ.
   */
  addLater(entries: ArrayLike<number>, weight?: number | string, length?: number): void
  /** Adds a ballot that can't be counted; only its weight is kept. */
  addInvalid(weight?: number | string): void
  /** The groups so far. Nothing may be added afterwards. */
  finish(): BallotGroups
}

/** Groups rankings as they come. @throws TabulationRefusal `options-out-of-range` */
export function rankingGroups(optionCount: number, order: BallotOrder = 'forgotten'): BallotGrouping {
  return new PackedGrouping('rankings', optionCount, order)
}

/** Groups selections of options (choice, approval) as they come. @throws TabulationRefusal `options-out-of-range` */
export function selectionGroups(optionCount: number, order: BallotOrder = 'forgotten'): BallotGrouping {
  return new PackedGrouping('selections', optionCount, order)
}

/** Groups scores or grades of options as they come. @throws TabulationRefusal `options-out-of-range` */
export function scoreGroups(optionCount: number, order: BallotOrder = 'forgotten'): BallotGrouping {
  return new PackedGrouping('scores', optionCount, order)
}

export function groupingOf(
  kind: BallotKind,
  optionCount: number,
  order: BallotOrder = 'forgotten',
): BallotGrouping {
  return new PackedGrouping(kind, optionCount, order)
}

/** Whether `BallotGroups.sequence` is wanted, which takes four bytes a ballot. */
export type BallotOrder = 'kept' | 'forgotten'

/** The most ballots whose order can be kept. */
const longestSequence = 1 << 26

class PackedGrouping implements BallotGrouping {
  readonly #kind: BallotKind
  readonly #optionCount: number
  readonly #table = new BallotTable()
  readonly #batch = new BallotBatch()
  #weights = new Float64Array(256)
  readonly #ballot: CanonicalBallot
  #invalid = 0
  #total = 0
  #places = 0
  /** A weight of 1: 10^`#places`. */
  #unit = 1
  #sequence: Uint32Array | undefined
  #sequenceLength = 0

  constructor(kind: BallotKind, optionCount: number, order: BallotOrder) {
    if (!Number.isInteger(optionCount) || optionCount < 1 || optionCount > maxOptions) {
      throw new TabulationRefusal('options-out-of-range', `A contest has 1 to ${maxOptions} options.`, {
        optionCount,
      })
    }
    this.#kind = kind
    this.#optionCount = optionCount
    this.#ballot = new CanonicalBallot(kind, optionCount)
    if (order === 'kept') this.#sequence = new Uint32Array(1024)
  }

  add(entries: ArrayLike<number>, weight: number | string = 1, length = entries.length): number {
    const end = this.#ballot.take(entries, length)
    const units = this.#take(weight)
    if (units === 0) return -1
    this.#groupBatch()
    return this.#group(this.#ballot.entries, 0, end, hashOf(this.#ballot.entries, 0, end), units)
  }

  addLater(entries: ArrayLike<number>, weight: number | string = 1, length = entries.length): void {
    const end = this.#ballot.take(entries, length)
    const units = this.#take(weight)
    if (units === 0) return
    if (!this.#batch.hasRoom(end)) this.#groupBatch()
    if (this.#batch.hasRoom(end)) this.#batch.add(this.#ballot.entries, end, units)
    else this.#group(this.#ballot.entries, 0, end, hashOf(this.#ballot.entries, 0, end), units)
  }

  #groupBatch(): void {
    const { count, entries, starts, hashes, units } = this.#batch
    if (count === 0) return
    this.#table.fetch(this.#batch)
    for (let ballot = 0; ballot < count; ballot++) {
      this.#group(entries, starts[ballot]!, starts[ballot + 1]!, hashes[ballot]!, units[ballot]!)
    }
    this.#batch.count = 0
  }

  #group(ballot: Uint16Array, start: number, end: number, hash: number, units: number): number {
    const group = this.#table.groupOf(ballot, start, end, hash)
    // A group that is new has no weight yet: fresh memory is 0.
    if (group === this.#weights.length) this.#weights = grown(this.#weights, 4 * group)
    this.#weights[group]! += units
    if (this.#sequence) this.#remember(group, units)
    return group
  }

  addInvalid(weight: number | string = 1): void {
    this.#invalid += this.#take(weight)
  }

  finish(): BallotGroups {
    this.#groupBatch()
    this.#coarsen()
    this.#table.close()
    const { count, starts, entries } = this.#table
    return {
      kind: this.#kind,
      optionCount: this.#optionCount,
      count,
      // Views, for a copy would take the memory twice.
      starts: starts.subarray(0, count + 1),
      entries: entries.subarray(0, starts[count]),
      weights: this.#weights.subarray(0, count),
      weightPlaces: this.#places,
      invalid: this.#invalid,
      ...(this.#sequence && { sequence: this.#sequence.subarray(0, this.#sequenceLength) }),
    }
  }

  /** Notes a group as often as the ballot weighs. */
  #remember(group: number, units: number): void {
    const end = this.#sequenceLength + units
    if (this.#places > 0 || end > longestSequence) {
      throw new TabulationRefusal(
        'order-not-kept',
        `The order of ballots is kept for at most ${longestSequence} ballots, each of a whole weight.`,
        { most: longestSequence },
      )
    }
    if (end > this.#sequence!.length)
      this.#sequence = grown(this.#sequence!, Math.max(end, 4 * this.#sequenceLength))
    this.#sequence!.fill(group, this.#sequenceLength, end)
    this.#sequenceLength = end
  }

  /** The weight in units, added to the total; all weights get more places when this one has more. */
  #take(weight: number | string): number {
    if (typeof weight === 'number' && Number.isSafeInteger(weight) && weight >= 0) {
      const units = weight * this.#unit
      this.#addToTotal(units)
      return units
    }
    const number = parseDecimal(typeof weight === 'number' ? weight.toString() : weight)
    if (number === undefined || number.places > maxWeightPlaces) {
      throw new TabulationRefusal(
        'weight-invalid',
        `A weight is a number without a sign and with at most ${maxWeightPlaces} decimal places; ${weight} is not.`,
        { weight },
      )
    }
    if (number.places > this.#places) this.#refine(number.places)
    // Beyond 2^53 the conversion rounds, but then the total refuses it.
    const units = Number(number.units) * 10 ** (this.#places - number.places)
    this.#addToTotal(units)
    return units
  }

  #addToTotal(units: number): void {
    if (this.#total + units > Number.MAX_SAFE_INTEGER) {
      throw new TabulationRefusal(
        'weight-too-large',
        `All weights together, in units of 10^-${this.#places}, must stay below 2^53.`,
        { places: this.#places },
      )
    }
    this.#total += units
  }

  #refine(places: number): void {
    this.#groupBatch()
    const factor = 10 ** (places - this.#places)
    this.#places = places
    this.#unit = 10 ** places
    const total = this.#total
    this.#total = 0
    this.#addToTotal(total * factor)
    this.#invalid *= factor
    for (let group = 0; group < this.#table.count; group++) this.#weights[group]! *= factor
  }

  /** The fewest places, so that ballots of 1.25 and 1.25 are held as one of 2.5 is. */
  #coarsen(): void {
    const weights = this.#weights.subarray(0, this.#table.count)
    while (this.#places > 0 && this.#invalid % 10 === 0 && weights.every((weight) => weight % 10 === 0)) {
      this.#places--
      this.#invalid /= 10
      this.#total /= 10
      for (let group = 0; group < weights.length; group++) weights[group]! /= 10
    }
  }
}
