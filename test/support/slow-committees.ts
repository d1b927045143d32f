import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum, zeroFraction } from './fraction.ts'

const one = new Fraction(1n)

/** All sets of so many of the options from 0, each ascending. */
export function committeesOf(optionCount: number, seats: number): number[][] {
  const choose = (from: number, left: number): number[][] => {
    if (left === 0) return [[]]
    const all: number[][] = []
    for (let option = from; option < optionCount; option++) {
      for (const rest of choose(option + 1, left - 1)) all.push([option, ...rest])
    }
    return all
  }
  return choose(0, seats)
}

function approvedOn({ ranks }: ArbitraryElection['ballots'][number]): readonly number[] {
  return ranks.flat()
}

/** Thiele's methods by their definition: every committee is scored, and the best are kept. */
export function slowThiele(election: ArbitraryElection, worth: (member: number) => Fraction): number[][] {
  const score = (committee: readonly number[]) =>
    sum(
      election.ballots.map((ballot) => {
        const members = approvedOn(ballot).filter((option) => committee.includes(option)).length
        const worths = Array.from({ length: members }, (_, member) => worth(member + 1))
        return sum(worths).times(Fraction.parse(ballot.weight))
      }),
    )
  const scored = committeesOf(election.optionCount, election.seats).map((committee) => ({
    committee,
    score: score(committee),
  }))
  return scored
    .filter((each) => scored.every((other) => each.score.compare(other.score) >= 0))
    .map(({ committee }) => committee)
}

/** Phragmén's sequential method, ballot by ballot; of equals the first on the ballot. In the order of election. */
export function slowPhragmen({ optionCount, seats, ballots }: ArbitraryElection): number[] {
  const elected: number[] = []
  const loads = ballots.map(() => zeroFraction)
  const weights = ballots.map(({ weight }) => Fraction.parse(weight))
  const supporters = (option: number) =>
    [...ballots.keys()].filter((ballot) => approvedOn(ballots[ballot]!).includes(option))
  while (elected.length < Math.min(seats, optionCount)) {
    let best: { option: number; load: Fraction | undefined } | undefined
    for (let option = 0; option < optionCount; option++) {
      if (elected.includes(option)) continue
      const carriers = supporters(option)
      const load =
        carriers.length === 0
          ? undefined
          : one
              .plus(sum(carriers.map((ballot) => loads[ballot]!.times(weights[ballot]!))))
              .over(sum(carriers.map((ballot) => weights[ballot]!)))
      const isBetter = load && (!best?.load || load.compare(best.load) < 0)
      if (!best || isBetter) best = { option, load }
    }
    elected.push(best!.option)
    if (best!.load) for (const ballot of supporters(best!.option)) loads[ballot] = best!.load
  }
  return elected
}

/** Equal shares without a completion, ballot by ballot; of equals the first on the ballot. */
export function slowEqualShares({ optionCount, seats, ballots }: ArbitraryElection): number[] {
  const weights = ballots.map(({ weight }) => Fraction.parse(weight))
  const all = sum(weights)
  if (all.top === 0n) return []
  // What a ballot has, in all, is its weight's part of the seats.
  const budgets = weights.map((weight) => weight.times(new Fraction(BigInt(seats))).over(all))
  const elected: number[] = []
  for (;;) {
    let best: { option: number; price: Fraction } | undefined
    for (let option = 0; option < optionCount; option++) {
      if (elected.includes(option)) continue
      const payers = [...ballots.keys()].filter((ballot) => approvedOn(ballots[ballot]!).includes(option))
      if (sum(payers.map((ballot) => budgets[ballot]!)).compare(one) < 0) continue
      // The price at which somebody's budget ends is a candidate, and so is one between two of them.
      const price = slowPrice(payers.map((ballot) => [budgets[ballot]!, weights[ballot]!] as const))
      if (!best || price.compare(best.price) < 0) best = { option, price }
    }
    if (!best || elected.length === Math.min(seats, optionCount)) return elected
    elected.push(best.option)
    for (const [ballot, given] of ballots.entries()) {
      if (!approvedOn(given).includes(best.option)) continue
      const due = best.price.times(weights[ballot]!)
      budgets[ballot] = due.compare(budgets[ballot]!) < 0 ? budgets[ballot]!.minus(due) : zeroFraction
    }
  }
}

/** The price for a vote at which payments, each at most a budget, add up to 1: each possible set of the poor is tried. */
function slowPrice(payers: readonly (readonly [Fraction, Fraction])[]): Fraction {
  const levels = payers.map(([budget, weight]) => budget.over(weight))
  const thresholds = [new Fraction(-1n), ...levels]
  for (const threshold of thresholds) {
    const rich = payers.filter((_, payer) => levels[payer]!.compare(threshold) > 0)
    const poor = payers.filter((_, payer) => levels[payer]!.compare(threshold) <= 0)
    const weight = sum(rich.map(([, each]) => each))
    if (weight.top === 0n) continue
    const price = one.minus(sum(poor.map(([budget]) => budget))).over(weight)
    const paid = sum(
      payers.map(([budget, each]) => {
        const due = price.times(each)
        return due.compare(budget) < 0 ? due : budget
      }),
    )
    if (price.compare(zeroFraction) >= 0 && paid.compare(one) === 0) return price
  }
  // Everybody pays all: the price is what the richest have.
  return levels.reduce((a, b) => (a.compare(b) > 0 ? a : b))
}
