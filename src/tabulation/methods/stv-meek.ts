import * as z from 'zod'
import { parseDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { irregularRankingRules } from '../irregular-rankings.ts'
import { countMeek } from '../meek/engine.ts'
import { tieRulesSchema } from '../tie-rules.ts'

/** The decision points of Meek's family that a count may choose; see `MeekRuleSet` for what each value does. */
export const meekRules = {
  arithmetic: z.enum(['decimal', 'quasi-exact', 'exact']).default('decimal'),
  places: z.int().min(1).max(30).default(9),
  guardPlaces: z.int().min(1).max(30).default(9),
  keepPlaces: z.int().min(1).max(30).nullable().default(null),
  keepRounding: z.enum(['up twice', 'up once']).default('up twice'),
  quota: z.enum(['each iteration', 'first count']).default('each iteration'),
  oneSeat: z.enum(['quota', 'absolute majority']).default('quota'),
  surplus: z.enum(['of all elected', 'above the quota']).default('of all elected'),
  exclusion: z
    .enum(['lowest', 'sure losers', 'sure losers while surplus is left', 'as Hill'])
    .default('lowest'),
  omega: z
    .string()
    .refine((text) => (parseDecimal(text)?.units ?? 0n) > 0n, 'a decimal above 0')
    .default('0.000001'),
  stalled: z.enum(['surplus does not fall', 'no keep value falls']).default('surplus does not fall'),
  tiedWith: z.enum(['equal votes', 'within the surplus']).default('within the surplus'),
  rounds: z.enum(['when decided', 'each iteration']).default('when decided'),
  overvotes: z
    .enum(['split by every order', 'split in equal parts', ...irregularRankingRules.overvotes.options])
    .default('split by every order'),
  skippedRanks: irregularRankingRules.skippedRanks.default('skip all'),
  repeatedOptions: irregularRankingRules.repeatedOptions.default('skip'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
}

const rules = z.strictObject({
  ...meekRules,
  share: z.enum(['share rounded up', 'both cut', 'both cut, by the pile']).default('share rounded up'),
})

/** Meek's method; with its defaults the reference rule of the Proportional Representation Foundation. */
export const stvMeek = defineMethod({
  id: 'stv-meek',
  title: 'Meek STV',
  style: 'ranking',
  takesTotals: false,
  source:
    'Proportional Representation Foundation, Reference Meek Rule; Hill, Wichmann and Woodall, "Algorithm 123: Single Transferable Vote by Meek’s Method", The Computer Journal 30 (1987)',
  rules,
  count: (input) => countMeek('stv-meek', input),
})
