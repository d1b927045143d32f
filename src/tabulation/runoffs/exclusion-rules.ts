import { irregularRankingRules } from '../irregular-rankings.ts'
import { tieRulesSchema } from '../tie-rules.ts'

/** The rules of irregular rankings for methods that exclude options, where no statute says otherwise. */
export const exclusionRules = {
  overvotes: irregularRankingRules.overvotes.default('exhaust if several continuing'),
  skippedRanks: irregularRankingRules.skippedRanks.default('skip all'),
  repeatedOptions: irregularRankingRules.repeatedOptions.default('skip'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
}
