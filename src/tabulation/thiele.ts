import type { BallotGroups } from './ballot-groups.ts'
import { inAscendingOrder } from './committee-count.ts'
import type { OptionIndex } from './option-index.ts'
import { TabulationRefusal } from './refusals.ts'

/** How many members of a committee each group approves; a committee of at most 65,535. */
export class Representation {
  readonly #groups: BallotGroups
  readonly members: Uint16Array

  constructor(groups: BallotGroups, members = new Uint16Array(groups.count)) {
    this.#groups = groups
    this.members = members
  }

  copy(): Representation {
    return new Representation(this.#groups, this.members.slice())
  }

  /** @param by 1 where the option joins the committee, -1 where it leaves */
  change(option: OptionIndex, by: 1 | -1): void {
    const { starts, entries, count } = this.#groups
    for (let group = 0; group < count; group++) {
      for (let position = starts[group]!; position < starts[group + 1]!; position++) {
        if (entries[position] === option) this.members[group]! += by
      }
    }
  }

  /**
   * For every option: what the ballots that approve it would gain from their next member, or lose by their last.
   * @param values worths by the number of the member, from 1
   */
  worth(values: readonly bigint[], of: 'next member' | 'last member'): bigint[] {
    const { starts, entries, weights, count, optionCount } = this.#groups
    const next = of === 'next member' ? 1 : 0
    // Sums of weights stay below 2^53, so they are exact; only they are multiplied as BigInt.
    const sums = new Float64Array(optionCount * values.length)
    for (let group = 0; group < count; group++) {
      const member = this.members[group]! + next
      const weight = weights[group]!
      for (let position = starts[group]!; position < starts[group + 1]!; position++) {
        sums[entries[position]! * values.length + member]! += weight
      }
    }
    return Array.from({ length: optionCount }, (_, option) =>
      values.reduce((total, value, member) => {
        const sum = sums[option * values.length + member]!
        return sum === 0 ? total : total + BigInt(sum) * value
      }, 0n),
    )
  }
}

/** Steps of the search, each a look at one entry of a ballot: some seconds' work. */
const mostSteps = 2e9
const mostCommittees = 10_000

export interface BestCommittees {
  /** In units of the values and the groups. */
  readonly score: bigint
  /** All that are equally good; each ascending, in ascending order. */
  readonly committees: readonly (readonly OptionIndex[])[]
}

/**
 * The committees with the highest score, by branch and bound: a committee can't gain more than its members' best
 * gains, because worths never rise.
 * @throws TabulationRefusal `too-large`
 */
export function bestCommittees(search: {
  readonly groups: BallotGroups
  readonly standing: readonly OptionIndex[]
  readonly seats: number
  readonly values: readonly bigint[]
}): BestCommittees {
  const { groups, standing, seats, values } = search
  const representation = new Representation(groups)
  const approvals = representation.worth([0n, 1n], 'next member')
  const order = standing.toSorted((a, b) =>
    approvals[a] === approvals[b] ? a - b : approvals[a]! > approvals[b]! ? -1 : 1,
  )
  let best = greedyScore(groups, standing, seats, values)
  let committees: OptionIndex[][] = []
  let steps = 0
  const chosen: OptionIndex[] = []

  const visit = (from: number, score: bigint): void => {
    steps += groups.entries.length + order.length
    if (steps > mostSteps || committees.length > mostCommittees) throw tooLarge(standing.length, seats)
    const gains = representation.worth(values, 'next member')
    const left = seats - chosen.length
    for (let at = from; at <= order.length - left; at++) {
      const option = order[at]!
      const withIt = score + gains[option]!
      if (withIt + highestGains(order, at + 1, gains, left - 1) < best) continue
      if (left === 1) {
        if (withIt > best) committees = []
        best = withIt
        committees.push([...chosen, option].sort((a, b) => a - b))
        continue
      }
      chosen.push(option)
      representation.change(option, 1)
      visit(at + 1, withIt)
      representation.change(option, -1)
      chosen.pop()
    }
  }
  visit(0, 0n)
  return { score: best, committees: inAscendingOrder(committees) }
}

function highestGains(
  order: readonly OptionIndex[],
  from: number,
  gains: readonly bigint[],
  count: number,
): bigint {
  if (count === 0) return 0n
  const left = order.slice(from).map((option) => gains[option]!)
  left.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))
  return left.slice(0, count).reduce((sum, gain) => sum + gain, 0n)
}

/** What a committee scores that takes the highest gain each time: the search need not look below it. */
function greedyScore(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  seats: number,
  values: readonly bigint[],
): bigint {
  const representation = new Representation(groups)
  const left = new Set(standing)
  let score = 0n
  for (let seat = 0; seat < seats; seat++) {
    const gains = representation.worth(values, 'next member')
    const option = [...left].reduce((a, b) => (gains[b]! > gains[a]! ? b : a))
    left.delete(option)
    score += gains[option]!
    representation.change(option, 1)
  }
  return score
}

function tooLarge(options: number, seats: number): TabulationRefusal {
  return new TabulationRefusal(
    'too-large',
    `The best of all committees of ${seats} of ${options} options can't be found in reasonable time, or too many are equally good; a sequential algorithm can count this.`,
    { options, seats },
  )
}
