import type { BallotGroups } from './ballot-groups.ts'
import { formatDecimal, toCommonScale } from './decimal.ts'
import { TabulationRefusal } from './refusals.ts'
import type { Statistics, TabulationInput } from './tabulation.ts'
import type { OptionTotals } from './totals.ts'

/** How many ballots select each option; all numbers in units of 10^-`places` votes. */
export interface SelectionTally {
  readonly votes: readonly bigint[]
  readonly valid: bigint
  readonly blank: bigint
  readonly invalid: bigint
  readonly overvotes: bigint
  readonly places: number
}

/** How many options a ballot may select that isn't blank. */
export interface SelectionLimits {
  /** Ballots that select fewer are not counted. */
  readonly fewest: number
  /** Ballots that select more are overvotes, and not counted. */
  readonly most: number
}

/**
 * Adds up selections, from ballots or from totals.
 * @throws TabulationRefusal `totals-inconsistent`
 */
export function tallySelections(
  { ballots, options }: Pick<TabulationInput<unknown>, 'ballots' | 'options'>,
  selections: number | 'any number' | SelectionLimits,
): SelectionTally {
  const limits =
    typeof selections === 'object'
      ? selections
      : { fewest: 1, most: selections === 'any number' ? options.length : selections }
  return inFewestPlaces(
    ballots.kind === 'totals' ? tallyOfTotals(ballots, limits) : tallyOfGroups(ballots, limits),
  )
}

/** So that the unit is the same whether the sums are made here (1.5 + 1.5) or were made before (3). */
export function inFewestPlaces(tally: SelectionTally): SelectionTally {
  const { votes, valid, blank, invalid, overvotes, places } = tally
  const numbers = [...votes, valid, blank, invalid, overvotes]
  if (places === 0 || numbers.some((number) => number % 10n !== 0n)) return tally
  return inFewestPlaces({
    votes: votes.map((number) => number / 10n),
    valid: valid / 10n,
    blank: blank / 10n,
    invalid: invalid / 10n,
    overvotes: overvotes / 10n,
    places: places - 1,
  })
}

/** The tally in units of at least so many places. */
export function inPlaces(places: number, tally: SelectionTally): SelectionTally {
  if (places <= tally.places) return tally
  const factor = 10n ** BigInt(places - tally.places)
  const { votes, valid, blank, invalid, overvotes } = tally
  return {
    votes: votes.map((number) => number * factor),
    valid: valid * factor,
    blank: blank * factor,
    invalid: invalid * factor,
    overvotes: overvotes * factor,
    places,
  }
}

export function statisticsOf({ valid, blank, invalid, overvotes, places }: SelectionTally): Statistics {
  return {
    valid: formatDecimal(valid, places),
    blank: formatDecimal(blank, places),
    invalid: formatDecimal(invalid, places),
    exhausted: '0',
    overvotes: formatDecimal(overvotes, places),
  }
}

function tallyOfGroups(groups: BallotGroups, { fewest, most }: SelectionLimits): SelectionTally {
  // Sums of weights stay below 2^53 (see `BallotGroups`), so they are exact as numbers.
  const votes = new Float64Array(groups.optionCount)
  let valid = 0
  let blank = 0
  let overvotes = 0
  let undervotes = 0
  for (let group = 0; group < groups.count; group++) {
    const weight = groups.weights[group]!
    const start = groups.starts[group]!
    const end = groups.starts[group + 1]!
    if (start === end) blank += weight
    else if (end - start > most) overvotes += weight
    else if (end - start < fewest) undervotes += weight
    else {
      valid += weight
      for (let entry = start; entry < end; entry++) votes[groups.entries[entry]!]! += weight
    }
  }
  return {
    votes: Array.from(votes, BigInt),
    valid: BigInt(valid),
    blank: BigInt(blank),
    invalid: BigInt(groups.invalid + overvotes + undervotes),
    overvotes: BigInt(overvotes),
    places: groups.weightPlaces,
  }
}

function tallyOfTotals(totals: OptionTotals, { fewest, most }: SelectionLimits): SelectionTally {
  const tally = statedTally(totals)
  const { votes, valid } = tally
  const sum = votes.reduce((total, number) => total + number, 0n)
  // Every ballot that isn't blank selects at least `fewest` options and at most `most`, each once.
  const tooFew = valid < 0n || sum < valid * BigInt(fewest)
  if (tooFew || sum > valid * BigInt(most) || votes.some((number) => number > valid)) {
    throw inconsistentTotals(totals)
  }
  return tally
}

export function inconsistentTotals(totals: OptionTotals): TabulationRefusal {
  return new TabulationRefusal('totals-inconsistent', 'The totals are not those of any set of ballots.', {
    totals,
  })
}

/**
 * The totals as they are stated; whether there are ballots that add up to them is for the method to see.
 * @throws TabulationRefusal `totals-inconsistent`
 */
export function statedTally(totals: OptionTotals): SelectionTally {
  const { units, places } = scaled(totals)
  const [ballots, blank, invalid, ...votes] = units as [bigint, bigint, bigint, ...bigint[]]
  return { votes, valid: ballots - blank, blank, invalid, overvotes: 0n, places }
}

function scaled({ ballots, blank, invalid = '0', votes }: OptionTotals): ReturnType<typeof toCommonScale> {
  try {
    return toCommonScale([ballots, blank, invalid, ...votes])
  } catch (error) {
    throw new TabulationRefusal('totals-inconsistent', 'The totals are not all numbers.', {
      reason: (error as Error).message,
    })
  }
}
