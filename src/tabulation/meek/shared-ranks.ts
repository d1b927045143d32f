import { type BallotGroups, sharesAnyRank, unpackRanking } from '../ballot-groups.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Numbers } from './numbers.ts'
import type { SharedRanks } from './rule-set.ts'
import type { Tally } from './tally.ts'

/** A ballot with a shared rank. Each option counts where it is ranked first; empty ranks are left out. */
export interface SharedBallot {
  readonly ranks: readonly (readonly OptionIndex[])[]
  readonly weight: number
}

/** The ballots that share a rank, and the groups without them. */
export function takeSharedRanks(groups: BallotGroups): {
  readonly shared: readonly SharedBallot[]
  readonly others: BallotGroups
} {
  const isShared = (group: number) =>
    sharesAnyRank(groups.entries, groups.starts[group]!, groups.starts[group + 1]!)
  const shared: SharedBallot[] = []
  if (!sharesAnyRank(groups.entries, 0, groups.entries.length)) return { shared, others: groups }
  // A group without entries is blank, and so is passed over.
  const starts = new Uint32Array(groups.count + 1)
  const weights = groups.weights.slice()
  let end = 0
  const entries = groups.entries.slice()
  for (let group = 0; group < groups.count; group++) {
    starts[group] = end
    if (isShared(group)) {
      shared.push({ ranks: ranksOnce(unpackRanking(groups, group)), weight: groups.weights[group]! })
      weights[group] = 0
      continue
    }
    entries.set(groups.entries.subarray(groups.starts[group], groups.starts[group + 1]), end)
    end += groups.starts[group + 1]! - groups.starts[group]!
  }
  starts[groups.count] = end
  return { shared, others: { ...groups, starts, entries: entries.slice(0, end), weights } }
}

function ranksOnce(ranks: readonly (readonly OptionIndex[])[]): OptionIndex[][] {
  const seen = new Set<OptionIndex>()
  return ranks
    .map((rank) => rank.filter((option) => !seen.has(option) && seen.add(option)))
    .filter((rank) => rank.length > 0)
}

/** Adds what ballots with shared ranks give. An excluded option has a keep value of 0. */
export function tallyShared<N>(
  ballots: readonly SharedBallot[],
  keep: readonly N[],
  rule: SharedRanks,
  numbers: Numbers<N>,
  tally: Tally<N>,
): void {
  const divide = rule === 'split by every order' ? inEveryOrder : inEqualParts
  for (const { ranks, weight } of ballots) {
    const give = (option: OptionIndex, votes: N) => {
      tally.votes[option] = numbers.plus(tally.votes[option]!, votes)
    }
    const rest = divide({ ranks, weight }, keep, numbers, give)
    tally.exhausted = numbers.plus(tally.exhausted, numbers.votes(rest, weight))
  }
}

/**
 * A shared rank counts as all orders of its options in equal parts. An option keeps its share of what those before
 * it pass on; over all orders, those before it are each set of the others with equal chance for each size. The sum
 * of the products of what they pass on, by size, are the coefficients of a polynomial.
 * @returns what goes on beyond the last rank
 */
function inEveryOrder<N>(
  { ranks, weight }: SharedBallot,
  keep: readonly N[],
  numbers: Numbers<N>,
  give: (option: OptionIndex, votes: N) => void,
): N {
  let value = numbers.one
  for (const rank of ranks) {
    if (rank.length === 1) {
      const { votes, rest } = numbers.share(value, keep[rank[0]!]!, weight)
      give(rank[0]!, votes)
      value = rest
    } else {
      const passed = rank.map((option) => numbers.minus(numbers.one, keep[option]!))
      for (const [position, option] of rank.entries()) {
        if (isZero(keep[option]!, numbers)) continue
        const others = passed.toSpliced(position, 1)
        const reaches = meanOverSizes(others, numbers)
        const share = numbers.part(numbers.product(reaches, keep[option]!), BigInt(rank.length))
        give(option, numbers.votes(numbers.product(value, share), weight))
      }
      const together = passed.reduce((product, each) => numbers.product(product, each), numbers.one)
      value = numbers.product(value, together)
    }
    if (isZero(value, numbers)) break
  }
  return value
}

/**
 * For each size from none to all, the mean product over the sets of that size; and the sum of these means. A
 * continuing option passes nothing on, and adds nothing to any product.
 */
function meanOverSizes<N>(factors: readonly N[], numbers: Numbers<N>): N {
  /** By size, the sum of the products over the sets of the factors so far. */
  const products = [numbers.one]
  for (const factor of factors) {
    if (isZero(factor, numbers)) continue
    products.push(numbers.zero)
    for (let size = products.length - 1; size > 0; size--) {
      products[size] = numbers.plus(products[size]!, numbers.product(products[size - 1]!, factor))
    }
  }
  let sets = 1n
  return products.reduce((sum, product, size) => {
    if (size > 0) sets = (sets * BigInt(factors.length - size + 1)) / BigInt(size)
    return numbers.plus(sum, numbers.part(product, sets))
  }, numbers.zero)
}

function isZero<N>(value: N, numbers: Numbers<N>): boolean {
  return numbers.compare(value, numbers.zero) === 0
}

/** Each option of a shared rank gets an equal part, of which what it doesn't keep goes on to the next rank. */
function inEqualParts<N>(
  { ranks, weight }: SharedBallot,
  keep: readonly N[],
  numbers: Numbers<N>,
  give: (option: OptionIndex, votes: N) => void,
): N {
  const descend = (value: N, from: number): N => {
    if (isZero(value, numbers)) return value
    for (let at = from; at < ranks.length; at++) {
      const standing = ranks[at]!.filter((option) => !isZero(keep[option]!, numbers))
      if (standing.length === 0) continue
      const part = standing.length === 1 ? value : numbers.part(value, BigInt(standing.length))
      return standing.reduce((ends, option) => {
        const { votes, rest } = numbers.share(part, keep[option]!, weight)
        give(option, votes)
        return numbers.plus(ends, descend(rest, at + 1))
      }, numbers.zero)
    }
    return value
  }
  return descend(numbers.one, 0)
}
