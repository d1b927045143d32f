import { type Decimal, formatDecimal } from '../decimal.ts'
import { TabulationRefusal } from '../refusals.ts'
import { type PaperValue, reduced } from './values.ts'

/** As many places as are shown of a number that is an exact fraction; what is beyond is cut. */
const shownFractionPlaces = 12

/**
 * Exact fractions double in length with each surplus; beyond so many bits a count would take too long. A
 * million ballots come to it with the tenth surplus or so.
 */
const mostFractionBits = 1 << 14

interface LedgerPrecision {
  /** Decimal places of a paper's value, or fractions without rounding. */
  readonly valuePlaces: number | 'exact'
  /** Decimal places of the votes that an option is credited with; as a rule those of the values. */
  readonly votePlaces: number | 'exact'
  /** Of the weights of the ballots. */
  readonly weightPlaces: number
  /** What the quota is divided by where it stays a fraction; otherwise 1. */
  readonly quotaDivisor: number
}

/**
 * The votes of a count, in whole units that are small enough for every number in it: for places, one of the
 * last place; for exact fractions, one of their common denominator, which grows with each transfer.
 */
export class Ledger {
  /** By position of the option, in units. */
  readonly votes: bigint[]
  quota = 0n
  exhausted = 0n
  /** Lost to rounding. */
  loss = 0n
  readonly #precision: LedgerPrecision
  /** One vote is `grain` × `fine` × `weightUnit` units; what a paper is worth is cut to a grain. */
  #grain: bigint
  readonly #fine: bigint
  readonly #weightUnit: bigint
  readonly #shownPlaces: number

  constructor(optionCount: number, precision: LedgerPrecision) {
    const { votePlaces, weightPlaces } = precision
    const divisor = BigInt(precision.quotaDivisor)
    this.votes = Array.from({ length: optionCount }, () => 0n)
    this.#precision = precision
    this.#weightUnit = 10n ** BigInt(weightPlaces)
    this.#grain = votePlaces === 'exact' ? divisor : 10n ** BigInt(votePlaces)
    this.#fine = votePlaces === 'exact' ? 1n : divisor
    const exact = votePlaces === 'exact' || divisor > 1n
    this.#shownPlaces = exact ? shownFractionPlaces : votePlaces + weightPlaces
  }

  /** Units of one vote. */
  get one(): bigint {
    return this.#grain * this.#fine * this.#weightUnit
  }

  /** Units of the last decimal place of votes. */
  get lastPlace(): bigint {
    return this.#fine * this.#weightUnit
  }

  /**
   * Votes of papers at a value, in units.
   * @param weight of the papers, in units of the ballot groups; a whole number below 2^53, so BigInt is exact
   */
  votesOf(weight: number, { top, bottom }: PaperValue): bigint {
    return ((BigInt(weight) * top * this.#grain) / bottom) * this.#fine
  }

  /** Votes of papers at the value of 1, as a divisor of votes. */
  wholeVotes(weight: number): bigint {
    return BigInt(weight) * this.#grain * this.#fine
  }

  /**
   * A value as the rule set holds it: cut to its places, or exact.
   * @throws TabulationRefusal `too-large` when an exact fraction has grown too long to go on
   */
  cut(value: PaperValue): PaperValue {
    const { valuePlaces, votePlaces } = this.#precision
    // Where all is exact, values stay over the common denominator: to reduce each would take longer.
    if (valuePlaces === 'exact') {
      if (votePlaces === 'exact') return value
      const lowest = reduced(value)
      refuseTooLong(lowest.bottom)
      return lowest
    }
    const bottom = 10n ** BigInt(valuePlaces)
    return { top: (value.top * bottom) / value.bottom, bottom }
  }

  /** Votes above the quota that are not transferred. */
  surplus(): bigint {
    return this.votes.reduce((sum, votes) => sum + (votes > this.quota ? votes - this.quota : 0n), 0n)
  }

  /**
   * Makes the units small enough for papers whose value is such a share of what it was, where votes are
   * exact.
   * @throws TabulationRefusal `too-large` when the fractions have grown too long to go on
   */
  refineFor({ bottom: factor }: PaperValue): void {
    if (this.#precision.votePlaces !== 'exact') return
    this.#grain *= factor
    refuseTooLong(this.#grain)
    for (const option of this.votes.keys()) this.votes[option]! *= factor
    this.quota *= factor
    this.exhausted *= factor
    this.loss *= factor
  }

  text(units: bigint): Decimal {
    if (units < 0n) return `-${this.text(-units)}`
    return formatDecimal((units * 10n ** BigInt(this.#shownPlaces)) / this.one, this.#shownPlaces)
  }

  valueText({ top, bottom }: PaperValue): Decimal {
    const { valuePlaces } = this.#precision
    const places = valuePlaces === 'exact' ? shownFractionPlaces : valuePlaces
    return formatDecimal((top * 10n ** BigInt(places)) / bottom, places)
  }
}

function refuseTooLong(denominator: bigint): void {
  if (denominator <= 1n << BigInt(mostFractionBits)) return
  throw new TabulationRefusal('too-large', 'The exact fractions of this count have grown too long.', {
    bits: mostFractionBits,
  })
}
