import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { type StvRuleSet, stvDecisions } from '../stv/rule-set.ts'

const rules = z.strictObject({
  /**
   * Who is excluded: one at a time since 2016, by the Act in computer counts since 2021; before that, bulk
   * exclusions where they could be made.
   */
  exclusion: z.enum(['lowest', 'bulk']).default('lowest'),
  /** Sections 268A and 269: a number that is missing or repeated ends the preferences. */
  overvotes: stvDecisions.overvotes.default('exhaust'),
  skippedRanks: stvDecisions.skippedRanks.default('exhaust'),
  repeatedOptions: stvDecisions.repeatedOptions.default('skip'),
  /** (20) to (22) and (31): the last count at which the votes differed; then the Electoral Officer decides. */
  ties: stvDecisions.ties.default(['backwards', 'ask', 'lot']),
})

const ruleSet: Omit<StvRuleSet, keyof z.output<typeof rules>> = {
  // (8).
  quota: 'droop in whole votes',
  quotaChanges: 'never',
  alsoElects: 'nothing',
  electedOn: 'reaching the quota',
  // (9) and (10): the surplus is divided by the papers that the elected holds, whatever they were worth; of
  // what each continuing candidate gets with them, the fraction is disregarded.
  papers: 'all',
  transferValue: 'unweighted',
  valuePlaces: 'exact',
  votePlaces: 0,
  // (20) to (22).
  surplusOrder: 'earliest first',
  deferral: 'never',
  // (13AA): the papers received at each transfer value are a count of their own, the highest value first.
  batches: 'by value',
  parcels: 'joined by value',
  batchStages: 'a stage each',
  // (18), as the Commission applies it: when no surplus and no part of an exclusion is left.
  termination: 'as many continue and nothing is to be transferred',
  // (17).
  lastSeat: 'more votes of two',
}

/** The Australian Senate: inclusive Gregory by papers, with exact transfer values and whole votes. */
export const stvSenateAus = defineMethod({
  id: 'stv-senate-aus',
  title: 'STV, Australian Senate',
  style: 'ranking',
  takesTotals: false,
  source: 'Commonwealth Electoral Act 1918 (Australia), section 273',
  rules,
  count: (input) => countStv('stv-senate-aus', { ...input, rules: { ...ruleSet, ...input.rules } }),
})
