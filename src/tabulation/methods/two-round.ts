import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countRounds } from '../runoffs/rounds-count.ts'
import { sharedPreferenceRules } from '../runoffs/shared-preferences.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /**
   * How many options stand in the second round for each seat that is vacant then, and in each further round:
   * [3, 2] makes three rounds.
   */
  contenders: z
    .array(z.int().min(1))
    .min(1)
    .describe('how many stand in the second round for each vacant seat, then in further rounds')
    .default([2]),
  /** Options with equal votes for the last place in the next round: the chain of ties decides, or all go on. */
  tiedContenders: z.enum(['decide', 'all go on']).default('decide'),
  overvotes: sharedPreferenceRules.overvotes.default('exhaust'),
  skippedRanks: sharedPreferenceRules.skippedRanks.default('skip all'),
  ties: tieRulesSchema.default(['lot']),
})

/**
 * Both rounds from one set of rankings: without a majority of first preferences the options with the most go
 * on, and each ballot counts for the one of them that it ranks highest.
 */
export const twoRound = defineMethod({
  id: 'two-round',
  title: 'Two rounds from rankings',
  style: 'ranking',
  takesTotals: false,
  source:
    'French Constitution, article 7: an absolute majority, else a second round among the two with the most votes',
  rules,
  count: (input) => countRounds('two-round', input),
})
