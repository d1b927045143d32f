import type { BallotGroups } from '../ballot-groups.ts'
import { doubledBordaPoints } from '../condorcet/borda-points.ts'
import {
  type ComparingRules,
  comparedStatistics,
  compareOptions,
  pairwiseComparison,
  topSetsWorking,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { CountRecord } from '../count-record.ts'
import type { OptionIndex } from '../option-index.ts'
import { countedWeight } from '../ranked-statistics.ts'
import { electedSentence, nameList, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import type { RoundVotes } from '../tie-breaking.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import type { Tie, TieQuestion } from '../ties.ts'

export const pointsRules = {
  unranked: unrankedRule.default('last'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
}

export interface PointsState {
  readonly record: CountRecord
  /** Borda points among those that continue. */
  readonly points: RoundVotes
  readonly continuing: readonly OptionIndex[]
}

/** What a method makes of the points of a round. */
interface PointsSteps {
  /** Those who are elected now, if anybody; those of a tie that is still open are not among them. */
  readonly elect: (
    state: PointsState,
  ) =>
    | { readonly chosen: readonly OptionIndex[]; readonly tie?: Tie; readonly open?: TieQuestion }
    | undefined
  /** Who goes next; asked when the round is over. */
  readonly exclude: (
    state: PointsState,
  ) => { readonly options: readonly OptionIndex[]; readonly tie?: Tie } | { readonly open: TieQuestion }
  /** Why those go, for people. */
  readonly because: string
}

/** Counts Borda points among those that continue, and excludes by them until the seats are filled. */
export function countByPoints<Rules extends ComparingRules>(
  method: string,
  input: TabulationInput<Rules>,
  steps: PointsSteps,
): Tabulation {
  const { options } = input
  const comparison = compareOptions(input)
  const groups = input.ballots as BallotGroups
  const weight = countedWeight(groups)
  const record = new CountRecord(method, input, groups.weightPlaces + 1)
  const finish = (open?: TieQuestion): Tabulation => ({
    ...record.finish(comparedStatistics(groups), open),
    pairwise: pairwiseComparison(comparison.votes, comparison.places),
    workings: [topSetsWorking(comparison, options)],
  })

  for (let begun: { options: readonly OptionIndex[]; tie?: Tie } | undefined; ; ) {
    const continuing = record.continuing()
    // Twice the points are halves; a half is five tenths.
    const points = doubledBordaPoints(comparison.votes, continuing, weight).map((halves) => halves * 5n)
    const state = { record, points, continuing }
    const election = steps.elect(state)
    record.elect(election?.chosen ?? [])
    record.finishRound({
      action: begun ? { kind: 'exclude', options: begun.options } : { kind: 'count' },
      votes: points,
      exhausted: 0n,
      loss: 0n,
      elected: election?.chosen ?? [],
      transfers: [],
      sentence: [
        ...(begun?.tie ? [settledTieSentence(begun.tie, options)] : []),
        begun
          ? `${steps.because} ${named(begun.options, options)} excluded, and the points are counted among the others.`
          : 'The Borda points are counted.',
        ...(election?.tie && !election.open ? [settledTieSentence(election.tie, options)] : []),
        electedSentence(election?.chosen ?? [], options) ?? 'Nobody is elected yet.',
      ].join(' '),
    })
    if (election) return finish(election.open)
    const next = steps.exclude(state)
    if ('open' in next) return finish(next.open)
    begun = next
    record.exclude(begun.options)
  }
}

function named(excluded: readonly OptionIndex[], names: readonly string[]): string {
  return `${nameList(excluded.map((option) => names[option]!))} ${excluded.length === 1 ? 'is' : 'are'}`
}
