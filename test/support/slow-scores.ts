import { type ArbitraryElection, scoreOn } from './arbitrary-elections.ts'
import { Fraction, sum, zeroFraction } from './fraction.ts'

const highest = 5
const one = new Fraction(1n)

const whole = (number: number) => new Fraction(BigInt(number))

interface Ballot {
  readonly score: number
  readonly kept: Fraction
  /** The ballot's own weight. */
  readonly weight: Fraction
  /** All scores that it gave to those elected so far, this one included. */
  readonly given: number
}

type Pay = (ballots: readonly Ballot[], quota: Fraction) => Fraction[]

/** Takes weight from the ballots one level of weighted score after the other, until the quota is taken. */
const slowAllocation: Pay = (ballots, quota) => {
  const rated = ballots.map(({ kept, score }) => kept.times(whole(score)))
  const result = ballots.map(({ kept }) => kept)
  let left = quota
  const order = [...ballots.keys()].sort((a, b) => rated[b]!.compare(rated[a]!))
  for (let at = 0; at < order.length && rated[order[at]!]!.top > 0n; ) {
    const level = order.filter((ballot) => rated[ballot]!.compare(rated[order[at]!]!) === 0)
    const held = sum(level.map((ballot) => ballots[ballot]!.kept.times(ballots[ballot]!.weight)))
    const taken = held.compare(left) < 0 ? held : left
    for (const ballot of level) result[ballot] = ballots[ballot]!.kept.times(one.minus(taken.over(held)))
    left = left.minus(taken)
    at += level.length
  }
  return result
}

/** Takes the stars given, or that share of them which is the quota where they are more. */
const slowSpending: Pay = (ballots, quota) => {
  const spent = ballots.map(({ kept, score }) => kept.times(new Fraction(BigInt(score), BigInt(highest))))
  const all = sum(spent.map((stars, at) => stars.times(ballots[at]!.weight)))
  const share = all.compare(quota) > 0 ? quota.over(all) : one
  return ballots.map(({ kept }, at) => kept.minus(spent[at]!.times(share)))
}

const slowReweighting: Pay = (ballots) =>
  ballots.map(({ given }) => whole(highest).over(whole(highest + given)))

/** How each of the sequential methods lets supporters pay: the weights that they keep. */
const payments = {
  'allocated-score': slowAllocation,
  sss: slowSpending,
  rrv: slowReweighting,
}

/** The winners in order, ballot by ballot; of equals the first on the ballot. */
export function slowSequentialScore(method: keyof typeof payments, election: ArbitraryElection): number[] {
  const ballots = election.ballots.filter(({ ranks }) => ranks.flat().length > 0)
  const seats = Math.min(election.seats, election.optionCount)
  const weights = ballots.map(({ weight }) => Fraction.parse(weight))
  const quota = sum(weights).over(whole(election.seats))
  let kept = ballots.map(() => one)
  const elected: number[] = []
  while (elected.length < seats) {
    const left = [...Array(election.optionCount).keys()].filter((option) => !elected.includes(option))
    const total = (option: number) =>
      sum(
        ballots.map((each, at) =>
          kept[at]!.times(weights[at]!).times(whole(scoreOn(each.ranks, option) ?? 0)),
        ),
      )
    const best = left.reduce((a, b) => (total(b).compare(total(a)) > 0 ? b : a))
    elected.push(best)
    const paying = ballots.map((ballot, at) => ({
      score: scoreOn(ballot.ranks, best) ?? 0,
      kept: kept[at]!,
      weight: weights[at]!,
      given: elected.reduce((scores, option) => scores + (scoreOn(ballot.ranks, option) ?? 0), 0),
    }))
    kept = payments[method](paying, quota)
  }
  return elected
}

/** Takes one median after the other away; of options with the same number of grades, which has the better first? */
export function slowMajorityOrder(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [first, second].map((grades) => [...grades].sort((x, y) => x - y)) as [number[], number[]]
  while (a.length > 0) {
    const middle = Math.ceil(a.length / 2) - 1
    if (a[middle] !== b[middle]) return a[middle]! - b[middle]!
    a.splice(middle, 1)
    b.splice(middle, 1)
  }
  return 0
}

/** Weight of the ballots that score one option above another. */
export function slowPreference({ ballots }: ArbitraryElection, over: number, under: number): Fraction {
  const preferring = ballots.filter(
    (ballot) => (scoreOn(ballot.ranks, over) ?? 0) > (scoreOn(ballot.ranks, under) ?? 0),
  )
  return preferring.reduce((total, { weight }) => total.plus(Fraction.parse(weight)), zeroFraction)
}

export function slowTotal({ ballots }: ArbitraryElection, option: number): Fraction {
  return sum(
    ballots.map((ballot) => Fraction.parse(ballot.weight).times(whole(scoreOn(ballot.ranks, option) ?? 0))),
  )
}
