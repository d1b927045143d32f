import { type BallotGroups, maxOptions, maxWeightPlaces, sharesRank, skippedRank } from './ballot-groups.ts'
import { parseDecimal } from './decimal.ts'
import { grown, hashOf, sortSharedRanks } from './packed-entries.ts'
import { TabulationRefusal } from './refusals.ts'

export interface BallotGrouping {
  /**
   * Adds a ballot.
   * @param entries packed as in `BallotGroups`; a plain list of options is a ranking without equal or
   *   skipped ranks, or a set of selections. Copied.
   * @param weight a whole number, or an exact decimal with up to six places; 1 when left out
   * @param length how many of the entries count, for callers that reuse a buffer
   * @throws TabulationRefusal `ballot-malformed`, `weight-invalid` or `weight-too-large`
   */
  add(entries: ArrayLike<number>, weight?: number | string, length?: number): void
  /** Adds a ballot that can't be counted; only its weight is kept. */
  addInvalid(weight?: number | string): void
  /** The groups so far. Nothing may be added afterwards. */
  finish(): BallotGroups
}

/** Groups rankings as they come. @throws TabulationRefusal `options-out-of-range` */
export function rankingGroups(optionCount: number): BallotGrouping {
  return new PackedGrouping('rankings', optionCount)
}

/** Groups selections of options (choice, approval) as they come. @throws TabulationRefusal `options-out-of-range` */
export function selectionGroups(optionCount: number): BallotGrouping {
  return new PackedGrouping('selections', optionCount)
}

/** Open addressing over the packed entries: one probe and one comparison for a ballot seen before. */
class PackedGrouping implements BallotGrouping {
  readonly #kind: BallotGroups['kind']
  readonly #optionCount: number
  #count = 0
  #starts = new Uint32Array(1025)
  #entries = new Uint16Array(8192)
  #weights = new Float64Array(1024)
  #hashes = new Uint32Array(1024)
  /** Group + 1; 0 is free. Its length is a power of two and at least twice the number of groups. */
  #slots = new Int32Array(4096)
  #scratch = new Uint16Array(64)
  #invalid = 0
  #total = 0
  #places = 0

  constructor(kind: BallotGroups['kind'], optionCount: number) {
    if (!Number.isInteger(optionCount) || optionCount < 1 || optionCount > maxOptions) {
      throw new TabulationRefusal('options-out-of-range', `A contest has 1 to ${maxOptions} options.`, {
        optionCount,
      })
    }
    this.#kind = kind
    this.#optionCount = optionCount
  }

  add(entries: ArrayLike<number>, weight: number | string = 1, length = entries.length): void {
    const units = this.#take(weight)
    if (units === 0) return
    const end =
      this.#kind === 'rankings' ? this.#copyRanking(entries, length) : this.#copySelections(entries, length)
    const hash = hashOf(this.#scratch, end)
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (this.#hashes[found - 1] === hash && this.#isGroup(found - 1, end)) {
        this.#weights[found - 1]! += units
        return
      }
      slot = (slot + 1) & mask
    }
    this.#slots[slot] = this.#append(hash, end, units) + 1
    if (this.#count * 2 > this.#slots.length) this.#rehash()
  }

  addInvalid(weight: number | string = 1): void {
    this.#invalid += this.#take(weight)
  }

  finish(): BallotGroups {
    this.#coarsen()
    return {
      kind: this.#kind,
      optionCount: this.#optionCount,
      count: this.#count,
      starts: this.#starts.slice(0, this.#count + 1),
      entries: this.#entries.slice(0, this.#starts[this.#count]),
      weights: this.#weights.slice(0, this.#count),
      weightPlaces: this.#places,
      invalid: this.#invalid,
    }
  }

  /** The weight in units, added to the total; all weights get more places when this one has more. */
  #take(weight: number | string): number {
    if (weight === 1 && this.#places === 0) {
      this.#addToTotal(1)
      return 1
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
    const factor = 10 ** (places - this.#places)
    this.#places = places
    const total = this.#total
    this.#total = 0
    this.#addToTotal(total * factor)
    this.#invalid *= factor
    for (let group = 0; group < this.#count; group++) this.#weights[group]! *= factor
  }

  /** The fewest places, so that ballots of 1.25 and 1.25 are held as one of 2.5 is. */
  #coarsen(): void {
    const weights = this.#weights.subarray(0, this.#count)
    while (this.#places > 0 && this.#invalid % 10 === 0 && weights.every((weight) => weight % 10 === 0)) {
      this.#places--
      this.#invalid /= 10
      this.#total /= 10
      for (let group = 0; group < this.#count; group++) weights[group]! /= 10
    }
  }

  /** Checks a ranking and copies it to the scratch space; answers its length there. */
  #copyRanking(entries: ArrayLike<number>, length: number): number {
    const scratch = this.#makeScratch(length)
    let previous = skippedRank
    let anyShared = false
    for (let position = 0; position < length; position++) {
      const entry = entries[position]!
      if (entry !== skippedRank) {
        const shares = entry >= sharesRank
        if (!this.#isOption(shares ? entry - sharesRank : entry) || (shares && previous === skippedRank)) {
          throw malformed(entry)
        }
        anyShared ||= shares
      }
      scratch[position] = previous = entry
    }
    let end = length
    while (end > 0 && scratch[end - 1] === skippedRank) end--
    if (anyShared) sortSharedRanks(scratch.subarray(0, end))
    return end
  }

  #copySelections(entries: ArrayLike<number>, length: number): number {
    const scratch = this.#makeScratch(length)
    for (let position = 0; position < length; position++) {
      if (!this.#isOption(entries[position]!)) throw malformed(entries[position]!)
      scratch[position] = entries[position]!
    }
    const selected = scratch.subarray(0, length).sort()
    let end = 0
    for (const option of selected) if (end === 0 || scratch[end - 1] !== option) scratch[end++] = option
    return end
  }

  #isOption(entry: number): boolean {
    return Number.isInteger(entry) && entry >= 0 && entry < this.#optionCount
  }

  #makeScratch(length: number): Uint16Array {
    if (length > this.#scratch.length) this.#scratch = new Uint16Array(length * 2)
    return this.#scratch
  }

  #isGroup(group: number, length: number): boolean {
    const start = this.#starts[group]!
    if (this.#starts[group + 1]! - start !== length) return false
    for (let position = 0; position < length; position++) {
      if (this.#entries[start + position] !== this.#scratch[position]) return false
    }
    return true
  }

  #append(hash: number, length: number, units: number): number {
    const group = this.#count++
    const start = this.#starts[group]!
    if (start + length > this.#entries.length) this.#entries = grown(this.#entries, start + length)
    if (this.#count === this.#weights.length) {
      this.#weights = grown(this.#weights)
      this.#hashes = grown(this.#hashes)
      this.#starts = grown(this.#starts)
    }
    this.#entries.set(this.#scratch.subarray(0, length), start)
    this.#starts[group + 1] = start + length
    this.#weights[group] = units
    this.#hashes[group] = hash
    return group
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4)
    const mask = slots.length - 1
    for (let group = 0; group < this.#count; group++) {
      let slot = this.#hashes[group]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = group + 1
    }
    this.#slots = slots
  }
}

function malformed(entry: number): TabulationRefusal {
  return new TabulationRefusal(
    'ballot-malformed',
    `A ballot names an option that does not exist: ${entry}.`,
    { entry },
  )
}
