import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum, zeroFraction } from './fraction.ts'

/** A count of all papers: votes by option, and who was elected by it. */
export interface SlowCount {
  readonly votes: readonly Fraction[]
  readonly quota: Fraction
  readonly elected: readonly number[]
}

const one = new Fraction(1n)
const lastPlace = new Fraction(1n, 10n ** 9n)

function up(value: Fraction): Fraction {
  const cut = value.cut(9)
  return cut.compare(value) === 0 ? cut : cut.plus(lastPlace)
}

/** Every paper by itself: each option keeps its share of what the ones before passed on, rounded up at nine places. */
function countPapers({ ballots, optionCount }: ArbitraryElection, keep: readonly Fraction[]): Fraction[] {
  const votes = Array.from({ length: optionCount }, () => zeroFraction)
  for (const { ranks, weight } of ballots) {
    let left = one
    for (const option of ranks.flat()) {
      const kept = up(left.times(keep[option]!))
      votes[option] = votes[option]!.plus(kept.times(Fraction.parse(weight)))
      left = left.minus(kept)
    }
  }
  return votes
}

class SlowState {
  readonly election: ArbitraryElection
  readonly keep: Fraction[]
  readonly elected: number[] = []
  hopeful: number[]
  readonly counts: SlowCount[] = []

  constructor(election: ArbitraryElection) {
    this.election = election
    this.keep = Array.from({ length: election.optionCount }, () => one)
    this.hopeful = [...Array(election.optionCount).keys()]
  }

  vacant(): number {
    return this.election.seats - this.elected.length
  }

  isOver(): boolean {
    return this.hopeful.length <= this.vacant() || this.vacant() <= 0
  }

  /** One iteration, whose elections it carries out. */
  iterate(): SlowCount {
    const votes = countPapers(this.election, this.keep)
    let quota = sum(votes)
      .over(new Fraction(BigInt(this.election.seats + 1)))
      .cut(9)
      .plus(lastPlace)
    quota = this.quotaOf(quota)
    const elected = this.hopeful.filter((option) => votes[option]!.compare(quota) >= 0)
    this.elected.push(...elected)
    this.hopeful = this.hopeful.filter((option) => !elected.includes(option))
    const count = { votes, quota, elected }
    this.counts.push(count)
    return count
  }

  quotaOf(quota: Fraction): Fraction {
    return quota
  }

  surpluses({ votes, quota }: SlowCount): Fraction[] {
    return this.elected.map((option) => votes[option]!.minus(quota))
  }

  lowerKeep({ votes, quota }: SlowCount, options: readonly number[]): void {
    for (const option of options) {
      const product = up(this.keep[option]!.times(quota))
      const next = up(product.over(votes[option]!))
      this.keep[option] = next.compare(one) > 0 ? one : next
    }
  }

  exclude(option: number): void {
    this.hopeful = this.hopeful.filter((each) => each !== option)
    this.keep[option] = zeroFraction
  }
}

/**
 * The Reference Meek Rule of the Proportional Representation Foundation, paragraph by paragraph; the last on the ballot
 * is excluded of those tied.
 */
export function slowReferenceMeek(election: ArbitraryElection): SlowState {
  const state = new SlowState(election)
  const omega = new Fraction(1n, 10n ** 6n)
  // B.1
  while (!state.isOver()) {
    let last: Fraction | undefined
    for (;;) {
      const count = state.iterate()
      const net = sum(state.surpluses(count))
      const surplus = net.compare(zeroFraction) < 0 ? zeroFraction : net
      // B.2.e
      if (count.elected.length > 0) break
      if (surplus.compare(omega) < 0 || (last && surplus.compare(last) >= 0)) {
        // B.3
        const lowest = state.hopeful
          .map((option) => count.votes[option]!)
          .reduce((a, b) => (b.compare(a) < 0 ? b : a))
        const tied = state.hopeful.filter((option) => count.votes[option]!.compare(lowest.plus(surplus)) <= 0)
        state.exclude(tied.at(-1)!)
        break
      }
      last = surplus
      // B.2.f
      state.lowerKeep(count, state.elected)
    }
  }
  return state
}

/** Hill's program for New Zealand, as its text goes on; of those tied at every iteration the last is excluded. */
export function slowNewZealand(election: ArbitraryElection): SlowState {
  const state = new SlowState(election)
  if (election.seats === 1) {
    state.quotaOf = (quota) => {
      const whole = quota.cut(0)
      return quota.minus(whole).compare(lastPlace) > 0 ? whole.plus(one) : whole
    }
  }
  const negligible = new Fraction(1n, 10_000n)
  const behind = (a: number, b: number) => {
    const now = state.counts.at(-1)!.votes
    for (const votes of [now, ...state.counts.map((count) => count.votes)]) {
      const difference = votes[a]!.compare(votes[b]!)
      if (difference !== 0) return difference
    }
    return b - a
  }
  // The program also goes on where a tiny keep value, which is rounded up, rises again, and can then go on for ever.
  let lowestKeep: readonly Fraction[] = [...state.keep]
  const lowestHopeful = () => state.hopeful.toSorted(behind)[0]!
  while (!state.isOver()) {
    const before = state.hopeful
    let count = state.iterate()
    if (state.vacant() < 0) {
      // Two of two have exactly half.
      state.hopeful = before
      state.elected.length = 0
      state.counts.pop()
      count = { ...count, quota: count.quota.plus(lastPlace), elected: [] }
      state.counts.push(count)
    }
    const { votes, quota } = count
    if (state.vacant() === 0) break
    const above = state.elected.filter((option) => votes[option]!.compare(quota) > 0)
    const surplus = sum(above.map((option) => votes[option]!.minus(quota)))
    const isNegligible = surplus.compare(negligible) < 0
    const zeros = state.hopeful.filter((option) => votes[option]!.compare(zeroFraction) === 0)
    const excluded: number[] = []
    const exclude = (option: number) => {
      excluded.push(option)
      state.exclude(option)
    }
    if (zeros.length >= 2) {
      if (isNegligible) {
        const number = Math.min(zeros.length, state.hopeful.length - state.vacant())
        for (let one = 0; one < number; one++) exclude(lowestHopeful())
      }
    } else {
      const [first, second] = state.hopeful.toSorted(behind)
      const gap = votes[second!]!.minus(votes[first!]!)
      if (gap.compare(surplus) > 0 || isNegligible) exclude(first!)
    }
    const lowest = lowestKeep.map((keep, option) =>
      keep.compare(state.keep[option]!) < 0 ? keep : state.keep[option]!,
    )
    state.lowerKeep(count, above)
    lowestKeep = lowest
    const changed =
      excluded.some((option) => votes[option]!.compare(zeroFraction) > 0) ||
      above.some((option) => state.keep[option]!.compare(lowest[option]!) < 0)
    if (!changed && state.hopeful.length > state.vacant()) exclude(lowestHopeful())
  }
  return state
}
