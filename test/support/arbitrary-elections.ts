import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import {
  type BallotGrouping,
  rankingGroups,
  scoreGroups,
  selectionGroups,
} from '../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, packRanking } from '../../src/tabulation/ballot-groups.ts'
import type { Lot } from '../../src/tabulation/ties.ts'

export interface WeightedBallot {
  /**
   * Ranks, best first; in a set of selections one rank holds them all. Where ballots hold scores the last of
   * four ranks holds the options with score 0, the one before it those with score 1, and so on.
   */
  readonly ranks: readonly (readonly number[])[]
  readonly weight: string
}

export interface ArbitraryElection {
  readonly optionCount: number
  readonly seats: number
  readonly ballots: readonly WeightedBallot[]
}

const weights = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('0.5', '1.25', '2.000001') },
)

/** Cuts an order of options into ranks. */
function cutIntoRanks(order: readonly number[], cuts: readonly boolean[]): number[][] {
  const ranks: number[][] = []
  for (const [position, option] of order.entries()) {
    if (position === 0 || cuts[position]) ranks.push([option])
    else ranks.at(-1)!.push(option)
  }
  return ranks
}

function ranking(optionCount: number, equalRanks: boolean): fc.Arbitrary<number[][]> {
  const order = fc.shuffledSubarray([...Array(optionCount).keys()])
  if (!equalRanks) return order.map((options) => options.map((option) => [option]))
  const cut = fc.oneof(
    { weight: 3, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  )
  const cuts = fc.array(cut, { minLength: optionCount, maxLength: optionCount })
  return fc.tuple(order, cuts).map(([options, where]) => cutIntoRanks(options, where))
}

/** Small elections with many ties, short ballots, blank ones, and some decimal weights. */
export function rankedElections(options: { readonly equalRanks: boolean }): fc.Arbitrary<ArbitraryElection> {
  return fc.integer({ min: 2, max: 6 }).chain((optionCount) =>
    fc.record({
      optionCount: fc.constant(optionCount),
      seats: fc.integer({ min: 1, max: Math.max(1, optionCount - 1) }),
      ballots: fc.array(fc.record({ ranks: ranking(optionCount, options.equalRanks), weight: weights }), {
        maxLength: 20,
      }),
    }),
  )
}

/** Few voters who rank all options: full of cycles of equal wins. */
export const committees: fc.Arbitrary<ArbitraryElection> = fc
  .integer({ min: 3, max: 6 })
  .chain((optionCount) => {
    const order = fc.shuffledSubarray([...Array(optionCount).keys()], { minLength: optionCount })
    const ballot = order.map((options) => ({ ranks: options.map((option) => [option]), weight: '1' }))
    return fc.record({
      optionCount: fc.constant(optionCount),
      seats: fc.constant(1),
      ballots: fc.array(ballot, { minLength: 2, maxLength: 5 }),
    })
  })

/** Elections in which a ballot selects at most so many options. */
export function selectionElections(most: number): fc.Arbitrary<ArbitraryElection> {
  return fc.integer({ min: 2, max: 6 }).chain((optionCount) =>
    fc.record({
      optionCount: fc.constant(optionCount),
      seats: fc.integer({ min: 1, max: 3 }),
      ballots: fc.array(
        fc.record({
          ranks: fc
            .shuffledSubarray([...Array(optionCount).keys()], { maxLength: Math.min(most, optionCount) })
            .map((selected) => (selected.length === 0 ? [] : [selected])),
          weight: weights,
        }),
        { maxLength: 20 },
      ),
    }),
  )
}

/** The highest score that `WeightedBallot.ranks` have room for. */
const highestScore = 5

/** Elections in which a ballot gives scores from 0 to at most `highest` to some of the options. */
export function scoredElections(highest: number): fc.Arbitrary<ArbitraryElection> {
  return fc.integer({ min: 2, max: 5 }).chain((optionCount) => {
    const score = fc.option(fc.integer({ min: 0, max: highest }), { nil: undefined })
    const ranks = fc
      .array(score, { minLength: optionCount, maxLength: optionCount })
      .map((scores) =>
        Array.from({ length: highestScore + 1 }, (_, rank) =>
          [...scores.keys()].filter((option) => scores[option] === highestScore - rank),
        ),
      )
    return fc.record({
      optionCount: fc.constant(optionCount),
      seats: fc.integer({ min: 1, max: 3 }),
      ballots: fc.array(fc.record({ ranks, weight: weights }), { maxLength: 20 }),
    })
  })
}

/** The score that a ballot gives to an option. */
export function scoreOn(ranks: WeightedBallot['ranks'], option: number): number | undefined {
  const rank = ranks.findIndex((options) => options.includes(option))
  return rank === -1 ? undefined : highestScore - rank
}

export function scoresOf({ optionCount, ballots }: ArbitraryElection): BallotGroups {
  return grouped(
    scoreGroups(optionCount),
    ballots.map(({ ranks, weight }) => [
      ranks.flatMap((options) => options.flatMap((option) => [option, scoreOn(ranks, option)!])),
      weight,
    ]),
  )
}

/** The election with ballots that select at most one option fewer than there are seats, or give as few points. */
export function withinSeats(election: ArbitraryElection): ArbitraryElection {
  const room = Math.max(1, election.seats - 1)
  const ballots = election.ballots.map(({ ranks, weight }) => {
    if (ranks.length <= 1) return { ranks: ranks.map((options) => options.slice(0, room)), weight }
    const points = ranks.flat().reduce((sum, option) => sum + scoreOn(ranks, option)!, 0)
    return { ranks: points <= room ? ranks : [], weight }
  })
  return { ...election, ballots }
}

/** The election with the options of a motion: yes, no and perhaps abstain. */
export function asMotion(election: ArbitraryElection): ArbitraryElection {
  const optionCount = Math.min(election.optionCount, 3)
  const ballots = election.ballots.map(({ ranks, weight }) => ({
    ranks: ranks.map((options) => options.map((option) => option % optionCount)),
    weight,
  }))
  return { ...election, optionCount, ballots }
}

export function grouped(
  grouping: BallotGrouping,
  ballots: readonly (readonly [number[], string])[],
): BallotGroups {
  for (const [entries, weight] of ballots) grouping.add(entries, weight)
  return grouping.finish()
}

export function rankingsOf({ optionCount, ballots }: ArbitraryElection): BallotGroups {
  return grouped(
    rankingGroups(optionCount),
    ballots.map(({ ranks, weight }) => [packRanking(ranks), weight]),
  )
}

export function selectionsOf({ optionCount, ballots }: ArbitraryElection): BallotGroups {
  return grouped(
    selectionGroups(optionCount),
    ballots.map(({ ranks, weight }) => [ranks.flat(), weight]),
  )
}

/** A lot with the SHA-256 of Node. */
export function lot(seed: string): Lot {
  return { seed, sha256: (text) => createHash('sha256').update(text).digest('hex') }
}
