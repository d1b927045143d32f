import type { BallotGroups } from './ballot-groups.ts'
import { formatDecimal } from './decimal.ts'
import { compareFractions, type Fraction, fractionText } from './exact-fraction.ts'
import type { Working } from './tabulation.ts'

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

  /** The same with other values: `change` is asked once for each value. */
  map(change: (value: Fraction) => Fraction): BallotValues {
    const changed = new BallotValues(this.of.length, change(this.values[0]!))
    const numbers = this.values.map((value) => changed.numberOf(change(value)))
    for (const [group, value] of this.of.entries()) changed.of[group] = numbers[value]!
    return changed
  }

  /** How many ballots have each value, the highest first. Blank ballots are left out unless they have a part. */
  table(
    groups: BallotGroups,
    title: string,
    blank: 'with blank ballots' | 'without blank ballots',
    shown: (value: Fraction) => string,
  ): Working {
    const sums = new Float64Array(this.values.length)
    for (let group = 0; group < groups.count; group++) {
      if (blank === 'without blank ballots' && groups.starts[group] === groups.starts[group + 1]) continue
      sums[this.of[group]!]! += groups.weights[group]!
    }
    const held = [...this.values.keys()]
      .filter((value) => sums[value]! > 0)
      .sort((a, b) => compareFractions(this.values[b]!, this.values[a]!))
    return {
      title,
      head: ['Value', 'Exactly', 'Ballots'],
      rows: held.map((value) => [
        shown(this.values[value]!),
        fractionText(this.values[value]!),
        formatDecimal(sums[value]!, groups.weightPlaces),
      ]),
    }
  }

  /** The values of all groups, in their order. */
  key(): string {
    return Array.from(this.of, (value) => fractionText(this.values[value]!)).join()
  }
}
