import type { BallotGroups } from '../ballot-groups.ts'
import type { OptionIndex } from '../option-index.ts'
import { TabulationRefusal } from '../refusals.ts'
import { inAscendingOrder } from './committee-count.ts'

/** Which groups approve each option: those of option o from `starts[o]` up to `starts[o + 1]`. */
interface Approvers {
  readonly starts: Uint32Array
  readonly groups: Uint32Array
}

/** How many members of a committee each group approves, and by that how many approve each option. */
export class Representation {
  readonly #groups: BallotGroups
  readonly #approvers: Approvers
  /** One more than the most members. */
  readonly #width: number
  readonly #members: Uint16Array
  /**
   * `sums[option * width + m]`: weight of the groups that approve the option, and m members. They stay below
   * 2^53, so they are exact.
   */
  readonly #sums: Float64Array

  /** Of an empty committee. @param size the most members that it will have */
  static empty(groups: BallotGroups, size: number): Representation {
    const { starts, entries, weights, count, optionCount } = groups
    const sums = new Float64Array(optionCount * (size + 1))
    for (let group = 0; group < count; group++) {
      for (let position = starts[group]!; position < starts[group + 1]!; position++) {
        sums[entries[position]! * (size + 1)]! += weights[group]!
      }
    }
    return new Representation(groups, approversOf(groups), size + 1, new Uint16Array(count), sums)
  }

  private constructor(
    groups: BallotGroups,
    approvers: Approvers,
    width: number,
    members: Uint16Array,
    sums: Float64Array,
  ) {
    this.#groups = groups
    this.#approvers = approvers
    this.#width = width
    this.#members = members
    this.#sums = sums
  }

  copy(): Representation {
    const [members, sums] = [this.#members.slice(), this.#sums.slice()]
    return new Representation(this.#groups, this.#approvers, this.#width, members, sums)
  }

  /**
   * @param by 1 where the option joins the committee, -1 where it leaves
   * @returns how many entries of ballots had to be looked at
   */
  change(option: OptionIndex, by: 1 | -1): number {
    const { starts, entries, weights } = this.#groups
    const { starts: from, groups } = this.#approvers
    let steps = 0
    for (let at = from[option]!; at < from[option + 1]!; at++) {
      const group = groups[at]!
      const before = this.#members[group]!
      const weight = weights[group]!
      for (let position = starts[group]!; position < starts[group + 1]!; position++) {
        const cell = entries[position]! * this.#width + before
        this.#sums[cell]! -= weight
        this.#sums[cell + by]! += weight
      }
      this.#members[group] = before + by
      steps += starts[group + 1]! - starts[group]!
    }
    return steps
  }

  /**
   * For every option: what the ballots that approve it would gain from their next member, or lose by their last.
   * @param values worths by the number of the member, from 1
   */
  worth(values: readonly bigint[], of: 'next member' | 'last member'): bigint[] {
    const next = of === 'next member' ? 1 : 0
    return Array.from({ length: this.#groups.optionCount }, (_, option) => {
      let total = 0n
      for (let member = 0; member + next < values.length; member++) {
        const sum = this.#sums[option * this.#width + member]!
        if (sum !== 0) total += BigInt(sum) * values[member + next]!
      }
      return total
    })
  }

  /** Weight of the ballots by how many members they approve. */
  byMembers(): number[] {
    const weights = Array<number>(this.#width).fill(0)
    for (let group = 0; group < this.#groups.count; group++) {
      weights[this.#members[group]!]! += this.#groups.weights[group]!
    }
    return weights
  }
}

function approversOf({ starts, entries, count, optionCount }: BallotGroups): Approvers {
  const ends = new Uint32Array(optionCount + 1)
  for (const option of entries) ends[option + 1]!++
  for (let option = 0; option < optionCount; option++) ends[option + 1]! += ends[option]!
  const from = ends.slice()
  const groups = new Uint32Array(entries.length)
  for (let group = 0; group < count; group++) {
    for (let position = starts[group]!; position < starts[group + 1]!; position++) {
      const option = entries[position]!
      groups[ends[option]!++] = group
    }
  }
  return { starts: from, groups }
}

/** Steps of the search, each a look at one entry of a ballot or at one option: some seconds' work. */
const mostSteps = 1e9
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
  const representation = Representation.empty(groups, seats)
  const approvals = representation.worth([0n, 1n], 'next member')
  const order = standing.toSorted((a, b) =>
    approvals[a] === approvals[b] ? a - b : approvals[a]! > approvals[b]! ? -1 : 1,
  )
  let best = greedyScore(groups, standing, seats, values)
  let committees: OptionIndex[][] = []
  let steps = 0
  const chosen: OptionIndex[] = []

  const visit = (from: number, score: bigint): void => {
    steps += order.length * values.length
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
      steps += 2 * representation.change(option, 1)
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
  const representation = Representation.empty(groups, seats)
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
