import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { fitPlaces, stvDecisions } from '../stv/rule-set.ts'

/** The defaults are those of the reference rule, by its paragraphs. */
const rules = z
  .strictObject({
    /** A.1: valid ÷ (seats + 1), plus 0.0001. */
    quota: stvDecisions.quota.default('droop to the last place'),
    electedOn: stvDecisions.electedOn.default('reaching the quota'),
    /** B.3 and D.4: weight × surplus, then ÷ votes, each cut. */
    transferValue: z
      .enum(['weighted', 'weighted fraction first', 'weighted product first'])
      .default('weighted product first'),
    /** D.4. */
    places: stvDecisions.valuePlaces.default(4),
    /** B.3. */
    surplusOrder: stvDecisions.surplusOrder.default('largest first'),
    /** B.2 and B.4. */
    deferral: stvDecisions.deferral.default('never'),
    exclusion: stvDecisions.exclusion.default('lowest'),
    /** D.3, which B.4 tests before the papers move. */
    termination: stvDecisions.termination.default('an exclusion would leave as many as seats are vacant'),
    overvotes: stvDecisions.overvotes.default('exhaust'),
    skippedRanks: stvDecisions.skippedRanks.default('skip all'),
    repeatedOptions: stvDecisions.repeatedOptions.default('skip'),
    /** D.1: "a predetermined random tiebreaking order". */
    ties: stvDecisions.ties.default(['lot']),
  })
  .refine(fitPlaces, 'With exact fractions there is no last place to which a quota could be rounded.')

/** Weighted inclusive Gregory: all papers of an elected option move on, each at a share of the value it has. */
export const stvWigm = defineMethod({
  id: 'stv-wigm',
  title: 'STV, weighted inclusive Gregory',
  style: 'ranking',
  takesTotals: false,
  source: 'Proportional Representation Foundation, Reference WIGM Rule',
  rules,
  count: (input) => {
    const { places, ...chosen } = input.rules
    return countStv('stv-wigm', {
      ...input,
      rules: {
        quotaChanges: 'never',
        alsoElects: 'nothing',
        papers: 'all',
        valuePlaces: places,
        votePlaces: places,
        batches: 'all papers',
        parcels: 'joined by value',
        batchStages: 'one stage',
        lastSeat: 'no rule',
        ...chosen,
      },
    })
  },
})
