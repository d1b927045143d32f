import type { BallotGroups } from '../ballot-groups.ts'
import type { BallotValues } from '../ballot-values.ts'
import { type Fraction, fraction } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'

/** The weight of an option's supporters, in votes, by the number of the value that they have. */
export type SupportByValue = readonly { readonly value: Fraction; readonly weight: Fraction }[]

/** What was added up for values, which stay as they are: a choice and what follows from it both ask. */
const known = new WeakMap<BallotValues, SupportByValue[]>()

/** For every option; values without a supporter are left out. */
export function supportByValue(groups: BallotGroups, shares: BallotValues): SupportByValue[] {
  const support = known.get(shares) ?? addUp(groups, shares)
  known.set(shares, support)
  return support
}

function addUp(groups: BallotGroups, { of, values }: BallotValues): SupportByValue[] {
  const { starts, entries, weights, weightPlaces, count, optionCount } = groups
  const unit = 10n ** BigInt(weightPlaces)
  // Sums of weights stay below 2^53, so they are exact.
  const sums: (Float64Array | undefined)[] = values.map(() => undefined)
  for (let group = 0; group < count; group++) {
    const value = of[group]!
    sums[value] ??= new Float64Array(optionCount)
    for (let position = starts[group]!; position < starts[group + 1]!; position++) {
      sums[value][entries[position]!]! += weights[group]!
    }
  }
  return Array.from({ length: optionCount }, (_, option) =>
    sums.flatMap((sum, value) =>
      sum && sum[option]! > 0
        ? [{ value: values[value]!, weight: fraction(BigInt(sum[option]!), unit) }]
        : [],
    ),
  )
}

/** Gives the supporters of an option another value, the same for all that had one value. */
export function changeSupporters(
  groups: BallotGroups,
  from: BallotValues,
  option: OptionIndex,
  change: (value: Fraction) => Fraction,
): BallotValues {
  const { starts, entries, count } = groups
  const changed = from.map((value) => value)
  const numbers: (number | undefined)[] = []
  for (let group = 0; group < count; group++) {
    for (let position = starts[group]!; position < starts[group + 1]!; position++) {
      if (entries[position] !== option) continue
      const value = changed.of[group]!
      numbers[value] ??= changed.numberOf(change(changed.values[value]!))
      changed.of[group] = numbers[value]
    }
  }
  return changed
}
