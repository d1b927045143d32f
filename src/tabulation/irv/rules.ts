import * as z from 'zod'
import { irregularRankingRules } from '../irregular-rankings.ts'
import { tieRulesSchema } from '../tie-rules.ts'

export const irvRules = z.strictObject({
  /**
   * For one seat: stop when an option has more than half of the votes that are not exhausted; or elect it, and
   * go on until two options are left, or it alone. Several seats: always until one option more is left than there are seats.
   * Or, whatever the seats: until every option that is left has the share, and elect them all.
   */
  until: z.enum(['majority', 'two are left', 'one is left', 'all have the share']).default('majority'),
  /** In hundredths of the votes that are not exhausted. */
  share: z.int().min(1).max(100).default(15),
  /** The votes of which half, or the share, is worked out: those of each round, or always those of the first. */
  majorityOf: z.enum(['each round', 'first round']).default('each round'),
  /**
   * Exclude the option with fewest votes; all at once that can't escape exclusion, which are as many of the
   * lowest as have together fewer votes than the next; all that have fewest votes together; or all that don't
   * have the share.
   */
  exclusion: z
    .enum(['lowest', 'sure losers together', 'tied together', 'all below the share together'])
    .default('lowest'),
  /** Options with fewer votes in the first round are excluded together, before others. In whole votes. */
  minimumVotes: z.int().nonnegative().default(0),
  /** Names of options that are excluded before others, and can't be elected before: undeclared write-ins. */
  excludedFirst: z.array(z.string()).default([]),
  overvotes: irregularRankingRules.overvotes.default('exhaust'),
  skippedRanks: irregularRankingRules.skippedRanks.default('skip all'),
  repeatedOptions: irregularRankingRules.repeatedOptions.default('skip'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
})

export type IrvRules = z.output<typeof irvRules>
