import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import { irregularRankingRules } from '../irregular-rankings.ts'
import { countQpq } from '../qpq/count.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /** Decimal places of quotients and quotas as they are shown; at least those of weights. */
  places: z.int().min(6).max(30).default(9),
  overvotes: irregularRankingRules.overvotes.default('exhaust'),
  skippedRanks: irregularRankingRules.skippedRanks.default('skip all'),
  repeatedOptions: irregularRankingRules.repeatedOptions.default('skip'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
})

/** Each option has a quotient: its ballots by one more than those have elected so far; the largest is chosen. */
export const stvQpq = defineMethod({
  id: 'stv-qpq',
  title: 'Quota preferential by quotient',
  style: 'ranking',
  takesTotals: false,
  source: 'D. R. Woodall, "QPQ, a quota-preferential STV-like election rule", Voting matters 17 (2003)',
  rules,
  count: (input) => countQpq(input, input.ballots as BallotGroups),
})
