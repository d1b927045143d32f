import * as z from 'zod'
import { type BallotGroups, sharesRank, skippedRank } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import { countedWeight, rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import type { Tie, TieQuestion } from '../ties.ts'

const rules = z.strictObject({
  /** Whether each option of a shared rank has a vote of the ballot, or none has. */
  sharedRanks: z.enum(['count for each', 'count for none']).default('count for each'),
  /** Whether a rank that was left empty is a round in which the ballot adds nothing. */
  skippedRanks: z.enum(['close up', 'keep']).default('close up'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
})

type BucklinRules = z.output<typeof rules>

/** Each ballot ranks options; first, then second and further preferences are added until there is a majority. */
export const bucklin = defineMethod({
  id: 'bucklin',
  title: 'Bucklin',
  style: 'ranking',
  takesTotals: false,
  source:
    'Grand Junction, Colorado, city charter of 1909; Hoag and Hallett, "Proportional Representation" (1926)',
  rules,
  count: countBucklin,
})

function countBucklin(input: TabulationInput<BucklinRules>): Tabulation {
  const { options, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const { byRank, lastRanks } = votesByRank(groups, rules)
  const record = new CountRecord('bucklin', input, groups.weightPlaces)
  const majority = BigInt(countedWeight(groups)) / 2n + 1n
  const lastRound = Math.max(1, byRank.length)
  const vacant = () => Math.min(seats - record.electedCount(), record.continuing().length)
  let votes = options.map(() => 0n)
  let exhausted = 0n
  let open: TieQuestion | undefined

  while (record.round <= lastRound && vacant() > 0 && !open) {
    const { round } = record
    const added = byRank[round - 1]
    if (added) votes = votes.map((sum, option) => sum + BigInt(added[option]!))
    exhausted += BigInt(lastRanks[round - 1] ?? 0)
    const isLast = round === lastRound
    // Where no rank is left to add, most votes elect without a majority.
    const reached = record.continuing().filter((option) => isLast || votes[option]! >= majority)
    const choice = record.chooseMost(reached, votes, vacant())
    open = choice.open
    record.elect(choice.chosen)
    record.finishRound({
      action: { kind: 'count' },
      votes,
      exhausted,
      loss: 0n,
      quota: majority,
      elected: choice.chosen,
      transfers: [],
      sentence: sentenceFor(options, {
        round,
        isLast,
        elected: choice.chosen,
        tie: open ? undefined : choice.tie,
      }),
    })
  }
  return record.finish(
    rankedStatistics(groups, {
      uncountable: 0,
      exhausted,
      places: 0,
      sharedRanks: rules.sharedRanks === 'count for each' ? 'allowed' : 'overvotes',
    }),
    open,
  )
}

/** For each rank the weight of the ballots that have an option there; and of those that it is the last of. */
function votesByRank(
  { optionCount, starts, entries, weights, count }: BallotGroups,
  { sharedRanks, skippedRanks }: BucklinRules,
): { readonly byRank: readonly Float64Array[]; readonly lastRanks: readonly number[] } {
  const byRank: Float64Array[] = []
  const lastRanks: number[] = []
  const seen = new Uint32Array(optionCount)
  for (let group = 0; group < count; group++) {
    const end = starts[group + 1]!
    let rank = -1
    for (let position = starts[group]!; position < end; position++) {
      const entry = entries[position]!
      if (entry === skippedRank) {
        if (skippedRanks === 'keep') rank++
        continue
      }
      if (entry < sharesRank) rank++
      while (byRank.length <= rank) byRank.push(new Float64Array(optionCount))
      const option = entry & ~sharesRank
      const isShared = entry >= sharesRank || (position + 1 < end && entries[position + 1]! >= sharesRank)
      if (seen[option] === group + 1 || (isShared && sharedRanks === 'count for none')) continue
      seen[option] = group + 1
      byRank[rank]![option]! += weights[group]!
    }
    // A ballot is exhausted in the first round to which it has nothing to add.
    if (rank >= 0) lastRanks[rank + 1] = (lastRanks[rank + 1] ?? 0) + weights[group]!
  }
  return { byRank, lastRanks }
}

function sentenceFor(
  names: readonly string[],
  {
    round,
    isLast,
    elected,
    tie,
  }: {
    readonly round: number
    readonly isLast: boolean
    readonly elected: readonly OptionIndex[]
    readonly tie: Tie | undefined
  },
): string {
  return [
    round === 1 ? 'The first preferences are counted.' : `The preferences of rank ${round} are added.`,
    ...(isLast ? ['No more are left to add, so the most votes elect.'] : []),
    ...(tie ? [settledTieSentence(tie, names)] : []),
    electedSentence(elected, names) ?? 'Nobody is elected yet.',
  ].join(' ')
}
