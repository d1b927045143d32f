import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { type StvRuleSet, stvDecisions } from '../stv/rule-set.ts'

const rules = z.strictObject({
  /** Decimal places of the votes that an option is credited with: six since 2020, none before. */
  votePlaces: z.int().min(0).max(6).default(6),
  /** Clause 1: preferences count as far as they are consecutive. */
  overvotes: stvDecisions.overvotes.default('exhaust'),
  skippedRanks: stvDecisions.skippedRanks.default('exhaust'),
  repeatedOptions: stvDecisions.repeatedOptions.default('skip'),
  /** Clauses 7 (3) and 8 (2): the last count, and then each before it; then lot. */
  ties: stvDecisions.ties.default(['backwards', 'lot']),
})

const ruleSet: Omit<StvRuleSet, keyof z.output<typeof rules>> = {
  quota: 'droop in whole votes',
  quotaChanges: 'never',
  alsoElects: 'nothing',
  electedOn: 'reaching the quota',
  // Clause 1C (5): the papers "counted for the candidate at the count at which the candidate became
  // successful", (2): surplus ÷ those with a next preference, (4): at most the value that they had.
  papers: 'last parcel',
  transferValue: 'transferable',
  valuePlaces: 'exact',
  // Clause 7 (3): of those who had a quota at the earliest count the largest surplus.
  surplusOrder: 'earliest first',
  deferral: 'never',
  // Clause 8.
  exclusion: 'lowest',
  // Clause 9 (2): a count for each value, the highest first.
  batches: 'by value',
  parcels: 'joined by value',
  batchStages: 'a stage each',
  // Clause 4 (2): when "no successful candidate has a surplus not already dealt with".
  termination: 'as many continue and nothing is to be transferred',
  lastSeat: 'no rule',
}

/** The Australian Capital Territory's Hare-Clark: the last parcel, its papers with a next preference. */
export const stvAct = defineMethod({
  id: 'stv-act',
  title: 'STV, Australian Capital Territory (Hare-Clark)',
  style: 'ranking',
  takesTotals: false,
  source: 'Electoral Act 1992 (Australian Capital Territory), schedule 4',
  rules,
  count: (input) => countStv('stv-act', { ...input, rules: { ...ruleSet, ...input.rules } }),
})
