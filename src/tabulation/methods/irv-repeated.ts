import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import {
  countByExclusion,
  type Election,
  type ExclusionState,
  excludeLowest,
} from '../runoffs/exclusion-count.ts'
import { exclusionRules } from '../runoffs/exclusion-rules.ts'
import type { TabulationInput } from '../tabulation.ts'

const rules = z.strictObject({
  /**
   * What more than half is of: the votes that are not exhausted in the round, or all ballots, blank ones too.
   * Of all ballots perhaps nobody reaches it; then the count ends and seats stay vacant.
   */
  majorityOf: z.enum(['continuing votes', 'all ballots']).default('continuing votes'),
  ...exclusionRules,
})

type IrvRepeatedRules = z.output<typeof rules>

/** Instant runoff for each seat, each time with all ballots and without those who are elected. */
export const irvRepeated = defineMethod({
  id: 'irv-repeated',
  title: 'Instant runoff, repeated for each seat',
  style: 'ranking',
  takesTotals: false,
  source: "VoteIT, poll method “Repeated IRV”; each count as in Robert's Rules of Order Newly Revised",
  rules,
  count: (input) =>
    countByExclusion('irv-repeated', input, {
      elect: (state) => electMajority(state, input),
      exclude: excludeLowest,
    }),
})

/** Whoever has the majority. The last that is left has it of the continuing votes, and else nobody has. */
function electMajority(
  { votes, continuing }: ExclusionState,
  { rules, ballots }: TabulationInput<IrvRepeatedRules>,
): Election | undefined {
  const all = rules.majorityOf === 'all ballots' ? castWeight(ballots as BallotGroups) : sum(votes)
  const leader = continuing.find((option) => votes[option]! * 2n > all)
  if (leader !== undefined) return { options: [leader], because: 'That is a majority.' }
  if (continuing.length > 1) return undefined
  if (rules.majorityOf === 'continuing votes') return { options: continuing, because: 'Only one is left.' }
  return { options: [], because: 'Nobody can reach a majority of all ballots any more: the count ends.' }
}

function sum(votes: readonly bigint[]): bigint {
  return votes.reduce((total, number) => total + number, 0n)
}

function castWeight({ weights, invalid }: BallotGroups): bigint {
  return BigInt(weights.reduce((total, weight) => total + weight, invalid))
}
