import * as z from 'zod'
import { countCpo, cpoQuotas } from '../cpo/count.ts'
import { defineMethod } from '../define-method.ts'
import { irregularRankingRules } from '../irregular-rankings.ts'
import { tieRulesSchema } from '../tie-rules.ts'

/** Each ballot ranks options; of all ways to fill the seats the one is elected that wins against every other. */
export const cpoStv = defineMethod({
  id: 'cpo-stv',
  title: 'STV by comparison of pairs of outcomes (CPO-STV)',
  style: 'ranking',
  takesTotals: false,
  source:
    'Tideman, "The Single Transferable Vote", Journal of Economic Perspectives 9 (1995); Tideman and Richardson, "Better Voting Methods Through Technology", Public Choice 103 (2000)',
  rules: z.strictObject({
    /** What an option in both outcomes keeps. */
    quota: z.enum(cpoQuotas).default('exact droop'),
    /**
     * Whether options with a quota of first preferences are in every outcome. Otherwise outcomes without them can
     * win: comparing two that share no option transfers no surplus.
     */
    firstPreferences: z.enum(['a quota elects', 'elect nobody']).default('a quota elects'),
    /** Whether surpluses that arise by the transfer of others are transferred too. */
    surpluses: z.enum(['once', 'until none']).default('until none'),
    /** What finds the best outcome when none wins against every other. */
    completion: z.enum(['schulze', 'minimax']).default('schulze'),
    /** How strong a win of one outcome over another is to the completion. */
    strength: z.enum(['winning votes', 'margins', 'ratio']).default('margins'),
    overvotes: z.enum(['exhaust', 'skip']).default('exhaust'),
    skippedRanks: irregularRankingRules.skippedRanks.default('skip all'),
    repeatedOptions: irregularRankingRules.repeatedOptions.default('skip'),
    ties: tieRulesSchema.default(['lot']),
  }),
  count: (input) => countCpo('cpo-stv', input),
})
