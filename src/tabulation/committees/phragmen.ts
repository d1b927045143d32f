import type { BallotGroups } from '../ballot-groups.ts'
import { BallotValues } from '../ballot-values.ts'
import {
  cutFraction,
  type Fraction,
  fraction,
  fractionText,
  one,
  over,
  plus,
  times,
  zero,
} from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import type { CommitteeRule, CommitteeStep } from './committee-count.ts'
import { changeSupporters, type SupportByValue, supportByValue } from './supporters.ts'

/** A committee, and a value that every ballot has got on the way: its load, or its budget. */
export interface Shares {
  /** Ascending. */
  readonly members: readonly OptionIndex[]
  readonly shares: BallotValues
}

export function keyOf({ members, shares }: Shares): string {
  return `${members.join()};${shares.key()}`
}

/**
 * Phragmén's sequential method: each option elected is a load of 1, which its supporters take on them so that
 * all of them are loaded alike; the next elected is the one by which that load, for a vote, is least. What is
 * compared is the inverse, the number of votes that would carry the seat at that load: at first, the approvals.
 */
export function phragmenRule(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  seats: number,
  names: readonly string[],
): CommitteeRule<Shares> {
  return {
    start: { members: [], shares: new BallotValues(groups.count, zero) },
    step: (state) => (state.members.length === seats ? undefined : phragmenStep(groups, standing, state)),
    take: (state, option) => takeLoad(groups, state, option),
    committee: ({ members }) => members,
    key: keyOf,
    groupCount: groups.count,
    table: ({ shares }, option) =>
      shares.table(
        groups,
        `Loads of the ballots after the election of ${names[option]}`,
        'without blank ballots',
        cutFraction,
      ),
  }
}

export function phragmenStep(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  { members, shares }: Shares,
): CommitteeStep {
  const among = standing.filter((option) => !members.includes(option))
  const figures = supportByValue(groups, shares).map((supporters, option) => {
    const load = among.includes(option) ? loadOf(supporters) : undefined
    return load ? over(one, load) : zero
  })
  return {
    to: 'elect',
    among,
    figures,
    because: (option) =>
      figures[option]!.top === 0n
        ? 'no ballot approves any of those that are left'
        : `its supporters carry the seat with the least load, ${fractionText(over(one, figures[option]!))} for each`,
  }
}

export function takeLoad(groups: BallotGroups, { members, shares }: Shares, option: OptionIndex): Shares {
  const load = loadOf(supportByValue(groups, shares)[option]!)
  return {
    members: [...members, option].sort((a, b) => a - b),
    shares: load ? changeSupporters(groups, shares, option, () => load) : shares,
  }
}

/** The load, for a vote, of the supporters of an option that is elected next; nothing without supporters. */
function loadOf(supporters: SupportByValue): Fraction | undefined {
  if (supporters.length === 0) return undefined
  const [load, weight] = supporters.reduce<readonly [Fraction, Fraction]>(
    ([sum, all], { value, weight }) => [plus(sum, times(value, weight)), plus(all, weight)],
    [fraction(1n), zero],
  )
  return over(load, weight)
}
