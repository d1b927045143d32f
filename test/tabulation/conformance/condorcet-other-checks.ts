import { selectionGroups } from '../../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, unpackRanking } from '../../../src/tabulation/ballot-groups.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import type { Round, Tabulation } from '../../../src/tabulation/tabulation.ts'
import type { TieQuestion } from '../../../src/tabulation/ties.ts'
import { type CondorcetBallots, filledUp, readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import { expectedVotes, votesByName } from '../../support/stages.ts'
import type { CorpusCase, Expectation } from '../../support/tabulation-corpus.ts'

type Figures = Readonly<Record<string, number>>

const sorted = (ranking: readonly (readonly string[])[]) => ranking.map((equals) => [...equals].sort())

/** The other program's figures, cut after six places as urna's where they differ by no more than that. */
function cutAs(ours: Figures, theirs: Figures): Figures {
  return Object.fromEntries(
    Object.entries(theirs).map(([name, figure]) => {
      const own = ours[name] ?? 0
      // It rounds after nine places, in floats.
      return [name, Math.abs(figure - own) < 1.1e-6 ? own : figure]
    }),
  )
}

/** The other program fills a ballot up with what it leaves out, where the election is said to be implicit. */
function ballotsOf(corpusCase: CorpusCase, { options }: Expectation): CondorcetBallots {
  const election = readCondorcet(corpusCase)
  return options?.implicit_ranking ? filledUp(election) : election
}

function borda(points: 'to one' | 'dowdall'): Check {
  return (corpusCase, expectation) => {
    const { options, ballots } = ballotsOf(corpusCase, expectation)
    const rules = { points, unranked: 'nothing', ties: [] }
    const tabulation = methodById('borda').tabulate({ options, seats: 1, ballots, rules, tieBreaks: {} })
    const stats = expectation.stats as unknown as Record<string, number>
    const given = byName(options, tabulation.rounds[0]!)
    return sameOrDiffers(
      {
        ranking: sorted(tabulation.ranking!.map((equals) => equals.map((option) => options[option]!))),
        points: given,
      },
      { ranking: sorted(expectation.ranking!), points: cutAs(given, stats) },
    )
  }
}

/** First preferences: where several share the first rank, each has an equal part of the ballot. */
function firstPreferences({ options, ballots }: CondorcetBallots): {
  selections: BallotGroups
  scale: number
} {
  const grouping = selectionGroups(options.length)
  let scale = 1
  for (let group = 0; group < ballots.count; group++) {
    const { length } = firstRank(ballots, group)
    if (length > 0 && scale % length !== 0) scale *= length
  }
  for (let group = 0; group < ballots.count; group++) {
    const first = firstRank(ballots, group)
    for (const option of first) grouping.add([option], (ballots.weights[group]! * scale) / first.length)
  }
  return { selections: grouping.finish(), scale }
}

function firstRank(ballots: BallotGroups, group: number): readonly number[] {
  return unpackRanking(ballots, group)[0] ?? []
}

const plurality: Check = (corpusCase, expectation) => {
  const election = ballotsOf(corpusCase, expectation)
  const { selections, scale } = firstPreferences(election)
  const { options } = election
  const tabulation = methodById('plurality').tabulate({
    options,
    seats: 1,
    ballots: selections,
    rules: { ties: [] },
    tieBreaks: {},
  })
  const scaled = Object.entries(byName(options, tabulation.rounds[0]!))
  const votes = Object.fromEntries(scaled.map(([name, number]) => [name, number / scale]))
  const stats = expectation.stats as unknown as Record<string, Record<string, number>>
  return sameOrDiffers(
    {
      ranking: sorted(tabulation.ranking!.map((equals) => equals.map((option) => options[option]!))),
      votes,
    },
    { ranking: sorted(expectation.ranking!), votes: cutAs(votes, stats[1]!) },
  )
}

const byName = (options: readonly string[], round: Round) =>
  Object.fromEntries(options.map((name, option) => [name, Number(round.votes[option])]))

/**
 * Of those with fewest votes the other program excludes whoever wins against none of the others, in pairs, by
 * wins less defeats, or by wins; if that leaves several, all of them.
 */
function losesInPairs(comparison: Tabulation): (tie: TieQuestion) => readonly number[] | undefined {
  const { votes } = comparison.pairwise!
  const margin = (a: number, b: number) => Number(votes[a]![b]) - Number(votes[b]![a])
  const all = [...votes.keys()]
  const wins = (option: number) => all.filter((other) => margin(option, other) > 0).length
  const balance = (option: number) => wins(option) - all.filter((other) => margin(option, other) < 0).length
  const loses = (option: number, among: readonly number[]) =>
    among.every(
      (other) =>
        margin(option, other) <= 0 && balance(option) <= balance(other) && wins(option) <= wins(other),
    )
  return ({ among, to }) => {
    let left = among
    for (let step = 1; step < among.length; step++) {
      const losers = left.filter((option) => loses(option, left))
      if (losers.length > 0) left = losers
    }
    if (left.length > 1) return undefined
    return to === 'exclude' ? left : among.filter((option) => option !== left[0])
  }
}

/** Instant runoff as the other program has it, but that a tie which it cannot break stays open. */
export function countRunoff(corpusCase: CorpusCase, expectation: Expectation): Tabulation {
  const { options, ballots } = ballotsOf(corpusCase, expectation)
  const comparison = methodById('schulze').tabulate({
    options,
    seats: 1,
    ballots: readCondorcet(corpusCase).ballots,
    rules: { unranked: expectation.options?.implicit_ranking ? 'last' : 'not compared', ties: [] },
    tieBreaks: {},
  })
  return methodById('irv').tabulate({
    options,
    seats: 1,
    ballots,
    rules: { overvotes: 'skip', ties: ['ask'] },
    tieBreaks: { decide: losesInPairs(comparison) },
  })
}

const instantRunoff: Check = (corpusCase, expectation) => {
  const { options, rounds, winners } = countRunoff(corpusCase, expectation)
  const expected = Object.values(expectation.stats!.rounds).map(expectedVotes)
  return sameOrDiffers(
    {
      rounds: rounds.map((round) => votesByName(options, round)),
      winner: winners.map(({ option }) => options[option]),
    },
    { rounds: expected.slice(0, rounds.length), winner: expectation.ranking![0] },
  )
}

export const condorcetOtherChecks: Checks = {
  BordaCount: borda('to one'),
  DowdallSystem: borda('dowdall'),
  'First-past-the-post voting': plurality,
  'Instant-runoff': instantRunoff,
}
