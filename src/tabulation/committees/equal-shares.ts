import type { BallotGroups } from '../ballot-groups.ts'
import { BallotValues } from '../ballot-values.ts'
import {
  compareFractions,
  cutFraction,
  type Fraction,
  fraction,
  fractionText,
  minus,
  one,
  over,
  plus,
  smaller,
  times,
  zero,
} from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import type { CommitteeRule, CommitteeStep } from './committee-count.ts'
import { keyOf, phragmenStep, type Shares, takeLoad } from './phragmen.ts'
import { changeSupporters, type SupportByValue, supportByValue } from './supporters.ts'

/** How the seats are filled that nobody's supporters can pay for. */
export type Completion = 'none' | 'approvals' | 'phragmen'

interface EqualShares extends Shares {
  /** What `shares` are: what ballots have left to pay with, or, in the completion by Phragmén, their loads. */
  readonly phase: 'paying' | 'completing'
}

/**
 * The method of equal shares: a seat costs 1, and all ballots begin with the same budget. The option is elected
 * next whose supporters pay least for it, all the same for a vote except those who have less and give all.
 * What is compared is the inverse of that price: at first, the approvals.
 * @param budget for a ballot of weight 1
 */
export function equalSharesRule(sharing: {
  readonly groups: BallotGroups
  readonly standing: readonly OptionIndex[]
  readonly seats: number
  readonly names: readonly string[]
  readonly budget: Fraction
  readonly completion: Completion
}): CommitteeRule<EqualShares> {
  const { groups, standing, seats, names, budget, completion } = sharing
  const paid = (state: EqualShares) => purchase(groups, standing, state)
  const complete = ({ members, shares }: EqualShares): EqualShares => ({
    members,
    phase: 'completing',
    // What a ballot has left is a load that it has not yet taken.
    shares: completion === 'phragmen' ? shares.map((left) => minus(zero, left)) : shares,
  })
  return {
    start: { members: [], shares: new BallotValues(groups.count, budget), phase: 'paying' },
    step: (state) => {
      if (state.members.length === seats) return undefined
      const step = state.phase === 'paying' ? paid(state) : undefined
      if (step || completion === 'none') return step
      const without =
        completion === 'phragmen'
          ? phragmenStep(groups, standing, state.phase === 'paying' ? complete(state) : state)
          : approvalStep(groups, standing, state)
      return {
        ...without,
        because: (option) => `no supporters can pay for a seat any more, and ${without.because(option)}`,
      }
    },
    take: (state, option) => {
      const price =
        state.phase === 'paying' ? priceOf(supportByValue(groups, state.shares)[option]!) : undefined
      if (price) {
        return {
          members: joined(state.members, option),
          shares: changeSupporters(groups, state.shares, option, (left) => minus(left, smaller(left, price))),
          phase: 'paying',
        }
      }
      const completing = state.phase === 'paying' ? complete(state) : state
      return completion === 'phragmen'
        ? { ...takeLoad(groups, completing, option), phase: 'completing' }
        : { ...completing, members: joined(state.members, option) }
    },
    committee: ({ members }) => members,
    key: (state) => `${state.phase};${keyOf(state)}`,
    groupCount: groups.count,
    table: ({ shares, phase }, option) =>
      shares.table(
        groups,
        `${phase === 'paying' || completion !== 'phragmen' ? 'Budgets' : 'Loads'} of the ballots after the election of ${names[option]}`,
        'with blank ballots',
        (value) => (value.top < 0n ? `-${cutFraction(minus(zero, value))}` : cutFraction(value)),
      ),
  }
}

function joined(members: readonly OptionIndex[], option: OptionIndex): readonly OptionIndex[] {
  return [...members, option].sort((a, b) => a - b)
}

/** The choice among the options that their supporters can pay for; nothing when there are none. */
function purchase(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  { members, shares }: Shares,
): CommitteeStep | undefined {
  const prices = supportByValue(groups, shares).map(priceOf)
  const among = standing.filter((option) => !members.includes(option) && prices[option] !== undefined)
  if (among.length === 0) return undefined
  const figures = prices.map((price) => (price ? over(one, price) : zero))
  return {
    to: 'elect',
    among,
    figures,
    because: (option) =>
      `its supporters pay for the seat at the lowest price, at most ${fractionText(prices[option]!)} each`,
  }
}

function approvalStep(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  { members }: Shares,
): CommitteeStep {
  const figures = supportByValue(groups, new BallotValues(groups.count, zero)).map((supporters) =>
    supporters.reduce((sum, { weight }) => plus(sum, weight), zero),
  )
  return {
    to: 'elect',
    among: standing.filter((option) => !members.includes(option)),
    figures,
    because: (option) => `it has the most approvals, ${cutFraction(figures[option]!)}`,
  }
}

/** What each of the supporters pays for a vote, those who have less all that they have; nothing if it isn't enough. */
function priceOf(supporters: SupportByValue): Fraction | undefined {
  const byBudget = [...supporters].sort((a, b) => compareFractions(a.value, b.value))
  let cost = fraction(1n)
  let rich = byBudget.reduce((sum, { weight }) => plus(sum, weight), zero)
  for (const { value, weight } of byBudget) {
    const price = over(cost, rich)
    if (compareFractions(price, value) <= 0) return price
    cost = minus(cost, times(value, weight))
    rich = minus(rich, weight)
  }
  return undefined
}
