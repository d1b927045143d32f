import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { type StvRuleSet, stvDecisions } from '../stv/rule-set.ts'

/** What both editions leave to a count. */
export const ersRules = {
  /** 6.10 and 6.12: a preference that is uncertain ends a paper, and so does a broken sequence (6.17). */
  overvotes: stvDecisions.overvotes.default('exhaust'),
  skippedRanks: stvDecisions.skippedRanks.default('exhaust'),
  repeatedOptions: stvDecisions.repeatedOptions.default('skip'),
  /** 5.2.3 and 5.2.5: the first point, after any batch, at which the votes differed; then lot. */
  ties: stvDecisions.ties.default(['forwards', 'lot']),
}

const rules = z.strictObject(ersRules)

export const ers97RuleSet: Omit<StvRuleSet, keyof typeof ersRules> = {
  // 5.1.6: to two decimal places, "otherwise ignore the remainder, and add 0.01"; 5.4.8.
  quota: 'droop rounded up',
  quotaChanges: 'until somebody is elected',
  // 5.1.7 (b), 5.3.13 (b), 5.4.9 (b).
  alsoElects: 'a share of the active votes',
  electedOn: 'reaching the quota',
  // 5.3.2: "only the last received batch". 5.3.7: surplus ÷ transferable papers, or the present value.
  papers: 'last parcel',
  transferValue: 'transferable',
  valuePlaces: 2,
  votePlaces: 2,
  // 5.2.2.
  surplusOrder: 'largest first',
  deferral: 'while it cannot change an exclusion',
  // 5.2.5 (b): "does not exceed the vote of the candidate next above".
  exclusion: 'sure losers together up to equality',
  // 5.4.1 to 5.4.11.
  batches: 'by value',
  parcels: 'joined by value',
  batchStages: 'a stage each',
  // 5.5.1: "if a proposed exclusion … would leave only the same number".
  termination: 'an exclusion would leave as many as seats are vacant',
  lastSeat: 'no rule',
}

/** The rules of the Electoral Reform Society, third edition: Gregory, last batch, two places. */
export const stvErs97 = defineMethod({
  id: 'stv-ers97',
  title: 'STV, Electoral Reform Society 1997',
  style: 'ranking',
  takesTotals: false,
  source: 'R. A. Newland and F. S. Britton, How to conduct an election by the STV, 3rd edition, ERS 1997',
  rules,
  count: (input) => countStv('stv-ers97', { ...input, rules: { ...ers97RuleSet, ...input.rules } }),
})
