import * as z from 'zod'
import { irregularRankingRules } from '../irregular-rankings.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { exclusionRules } from './exclusions.ts'
import { quotaRules } from './quotas.ts'
import { transferValueRules } from './transfer-values.ts'

const places = z.union([z.int().min(0).max(30), z.enum(['exact'])])

/**
 * The points at which the rules of STV counts differ. Each has a name, and each choice a name within it; a
 * rule set is a choice at each, and what it makes of irregular rankings and ties.
 */
export const stvDecisions = {
  /** How many votes elect. */
  quota: namesOf(quotaRules),
  /**
   * Whether the quota is computed anew from the votes that are not exhausted, as long as nobody is elected.
   */
  quotaChanges: z.enum(['never', 'until somebody is elected']),
  /**
   * What elects besides the quota: nothing, or as many votes as the active ones divided by the vacant seats
   * plus one.
   */
  alsoElects: z.enum(['nothing', 'a share of the active votes']),
  /** Whether an option stops receiving papers when it reaches the quota, or when its surplus is transferred. */
  electedOn: z.enum(['reaching the quota', 'transfer of the surplus']),
  /** Which papers of an elected option are examined. */
  papers: z.enum(['all', 'last parcel']),
  /** The value at which they move on. */
  transferValue: namesOf(transferValueRules),
  /** Decimal places of a paper's value, what is beyond is cut off; or exact fractions. */
  valuePlaces: places,
  /** Decimal places of the votes credited to an option in a transfer, or exact. */
  votePlaces: places,
  /** Whose surplus goes first; `together` transfers all that there are before anybody else is elected. */
  surplusOrder: z.enum(['largest first', 'earliest first', 'together']),
  /** Whether surpluses wait while they can't change who is excluded next. */
  deferral: z.enum(['never', 'while it cannot change an exclusion']),
  /** Who is excluded when no surplus is to be transferred. */
  exclusion: namesOf(exclusionRules),
  /** In which batches the papers of the excluded move; who reaches the quota with one receives no later one. */
  batches: z.enum(['all papers', 'by value', 'first preferences then by value']),
  /**
   * Whether papers of one value that arrived in several parcels move on as one, or each parcel by itself, so
   * that the votes of each are cut apart.
   */
  parcels: z.enum(['joined by value', 'kept apart']),
  /** Whether the batches of an exclusion are one stage, or each a stage of its own. */
  batchStages: z.enum(['one stage', 'a stage each']),
  /**
   * When those who continue are elected without the quota because seats are left for all of them: at once;
   * also before the papers of an exclusion move that leaves as many; only when nothing else is to be
   * transferred; or never.
   */
  termination: z.enum([
    'as many continue as seats are vacant',
    'an exclusion would leave as many as seats are vacant',
    'as many continue and nothing is to be transferred',
    'never below the quota',
  ]),
  /**
   * Who gets the last seat without the quota: by no rule of its own; whoever has as many votes as all others
   * and all surpluses together; the one of two who has more, when nothing is to be transferred; or whoever
   * has more votes than all lower ones and all surpluses together, for several seats those from that one up.
   */
  lastSeat: z.enum([
    'no rule',
    'as many votes as all others together',
    'more votes of two',
    'more votes than all lower together',
  ]),
  overvotes: irregularRankingRules.overvotes,
  skippedRanks: irregularRankingRules.skippedRanks,
  repeatedOptions: irregularRankingRules.repeatedOptions,
  ties: tieRulesSchema,
}

const stvRuleSet = z.strictObject(stvDecisions)

export type StvRuleSet = z.output<typeof stvRuleSet>

function namesOf<Name extends string>(rules: Readonly<Record<Name, unknown>>) {
  return z.enum(Object.keys(rules) as [Name, ...Name[]])
}

/** Whether a quota that is rounded to the last place has one. */
export function fitPlaces({
  quota,
  places,
}: Pick<StvRuleSet, 'quota'> & { places: number | 'exact' }): boolean {
  return places !== 'exact' || (quota !== 'droop to the last place' && quota !== 'droop rounded up')
}
