import { type Fraction, fractionText } from './exact-fraction.ts'

/**
 * A value for each group of ballots, such as what is left of its weight or of its budget. Few values occur,
 * so a group holds the number of its value, and only distinct values are fractions.
 */
export class BallotValues {
  /** By group: the number of its value. */
  readonly of: Uint32Array
  readonly values: Fraction[] = []
  readonly #numbers = new Map<string, number>()

  constructor(groupCount: number, initial: Fraction) {
    this.of = new Uint32Array(groupCount)
    this.numberOf(initial)
  }

  /** The number of a value, which is a new one if it has not occurred. */
  numberOf(value: Fraction): number {
    const text = fractionText(value)
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.values.length)
    return this.values.push(value) - 1
  }

  copy(): BallotValues {
    const copy = new BallotValues(this.of.length, this.values[0]!)
    copy.of.set(this.of)
    for (const value of this.values) copy.numberOf(value)
    return copy
  }
}
