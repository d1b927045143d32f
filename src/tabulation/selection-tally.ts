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

/**
 * Adds up selections, from ballots or from totals.
 * @param mostSelections ballots that select more are overvotes, and not counted
 * @throws TabulationRefusal `totals-inconsistent`
 */
export function tallySelections(
  { ballots, options }: Pick<TabulationInput<unknown>, 'ballots' | 'options'>,
  mostSelections: 1 | 'any number',
): SelectionTally {
  const most = mostSelections === 1 ? 1 : options.length
  return inFewestPlaces(
    ballots.kind === 'totals' ? tallyOfTotals(ballots, most) : tallyOfGroups(ballots, most),
  )
}

/** So that the unit is the same whether the sums are made here (1.5 + 1.5) or were made before (3). */
function inFewestPlaces(tally: SelectionTally): SelectionTally {
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

export function statisticsOf({ valid, blank, invalid, overvotes, places }: SelectionTally): Statistics {
  return {
    valid: formatDecimal(valid, places),
    blank: formatDecimal(blank, places),
    invalid: formatDecimal(invalid, places),
    exhausted: '0',
    overvotes: formatDecimal(overvotes, places),
  }
}

function tallyOfGroups(groups: BallotGroups, most: number): SelectionTally {
  // Sums of weights stay below 2^53 (see `BallotGroups`), so they are exact as numbers.
  const votes = new Float64Array(groups.optionCount)
  let valid = 0
  let blank = 0
  let overvotes = 0
  for (let group = 0; group < groups.count; group++) {
    const weight = groups.weights[group]!
    const start = groups.starts[group]!
    const end = groups.starts[group + 1]!
    if (start === end) blank += weight
    else if (end - start > most) overvotes += weight
    else {
      valid += weight
      for (let entry = start; entry < end; entry++) votes[groups.entries[entry]!]! += weight
    }
  }
  return {
    votes: Array.from(votes, BigInt),
    valid: BigInt(valid),
    blank: BigInt(blank),
    invalid: BigInt(groups.invalid + overvotes),
    overvotes: BigInt(overvotes),
    places: groups.weightPlaces,
  }
}

function tallyOfTotals(totals: OptionTotals, most: number): SelectionTally {
  const { units, places } = scaled(totals)
  const [ballots, blank, ...votes] = units as [bigint, bigint, ...bigint[]]
  const valid = ballots - blank
  const sum = votes.reduce((total, number) => total + number, 0n)
  // Every ballot that isn't blank selects at least one option and at most `most`, each once.
  if (valid < 0n || sum < valid || sum > valid * BigInt(most) || votes.some((number) => number > valid)) {
    throw new TabulationRefusal('totals-inconsistent', 'The totals are not those of any set of ballots.', {
      totals,
    })
  }
  return { votes, valid, blank, invalid: 0n, overvotes: 0n, places }
}

function scaled({ ballots, blank, votes }: OptionTotals): ReturnType<typeof toCommonScale> {
  try {
    return toCommonScale([ballots, blank, ...votes])
  } catch (error) {
    throw new TabulationRefusal('totals-inconsistent', 'The totals are not all numbers.', {
      reason: (error as Error).message,
    })
  }
}
