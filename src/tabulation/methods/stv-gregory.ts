import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { fitPlaces, stvDecisions } from '../stv/rule-set.ts'

/** Every decision of the engine. The defaults are those of Northern Ireland, by its rules. */
const rules = z
  .strictObject({
    /** Rule 48. */
    quota: stvDecisions.quota.default('droop in whole votes'),
    quotaChanges: stvDecisions.quotaChanges.default('never'),
    alsoElects: stvDecisions.alsoElects.default('nothing'),
    electedOn: stvDecisions.electedOn.default('reaching the quota'),
    /** Rule 49 (5): "the sub-parcel of transferred votes which was last received". */
    papers: stvDecisions.papers.default('last parcel'),
    /** Rule 49 (4) and (7): surplus ÷ transferable papers, or the value received, "whichever is the less". */
    transferValue: stvDecisions.transferValue.default('transferable'),
    /** Rule 49 (4) (b): "to two decimal places (ignoring the remainder if any)". */
    places: stvDecisions.valuePlaces.default(2),
    /** Rule 50 (1). */
    surplusOrder: stvDecisions.surplusOrder.default('largest first'),
    /** Rule 49 (10). */
    deferral: stvDecisions.deferral.default('while it cannot change an exclusion'),
    /** Rule 51 (12): "is less than the number of votes credited to the next lowest candidate". */
    exclusion: stvDecisions.exclusion.default('sure losers together'),
    /** Rule 51 (2) to (9). */
    batches: stvDecisions.batches.default('first preferences then by value'),
    parcels: stvDecisions.parcels.default('joined by value'),
    /** Rule 51 (4). */
    batchStages: stvDecisions.batchStages.default('one stage'),
    /** Rule 52 (1) and (3): "no further transfer of votes shall be made". */
    termination: stvDecisions.termination.default('an exclusion would leave as many as seats are vacant'),
    /** Rule 52 (2). */
    lastSeat: stvDecisions.lastSeat.default('as many votes as all others together'),
    /** Rules 41 and 50 (4): preferences count "in consecutive order". */
    overvotes: stvDecisions.overvotes.default('exhaust'),
    skippedRanks: stvDecisions.skippedRanks.default('exhaust'),
    repeatedOptions: stvDecisions.repeatedOptions.default('skip'),
    /** Rules 50 (1) and 51 (13): the earliest stage at which the votes differed, then lot. */
    ties: stvDecisions.ties.default(['forwards', 'lot']),
  })
  .refine(fitPlaces, 'With exact fractions there is no last place to which a quota could be rounded.')

/** STV with any choice of decisions: papers of the last parcel or all, and values by any of the Gregory rules. */
export const stvGregory = defineMethod({
  id: 'stv-gregory',
  title: 'STV, Gregory',
  style: 'ranking',
  takesTotals: false,
  source: 'Local Elections (Northern Ireland) Order 1985, rules 45 to 52 of its rules for local elections',
  rules,
  count: (input) => {
    const { places, ...chosen } = input.rules
    return countStv('stv-gregory', {
      ...input,
      rules: { ...chosen, valuePlaces: places, votePlaces: places },
    })
  },
})
