import * as z from 'zod'
import { thresholdSchema } from '../threshold.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const names = z.array(z.string())

/** The rules that all methods of party lists share. Lists and candidates are named as the options are. */
export const listRules = {
  /** The share of the votes that a list needs to receive any seat. */
  threshold: thresholdSchema.optional(),
  /** What it is a share of: the votes for all lists, or blank and invalid ballots as well. */
  base: z.enum(['valid', 'valid and blank', 'all ballots']).default('valid'),
  /** Another threshold for some lists, such as coalitions; `of: [0, 1]` with `at least` asks nothing of a list. */
  exceptions: z
    .array(z.strictObject({ lists: names, threshold: thresholdSchema }))
    .describe('lists, each with a threshold')
    .default([]),
  /** The candidates of the lists, in their order, who are options as well. Other options are lists. */
  candidates: z.record(z.string(), names).describe('the candidates of each list').optional(),
  /**
   * What a ballot marks: one list, and any number of its candidates; or so many lists and candidates, each
   * mark a vote for the list.
   */
  ballot: z.enum(['one list', 'marks']).default('one list'),
  /** The most marks of a ballot, where it has marks. */
  marks: z.int().positive().default(1),
  /** In which order candidates take the seats of their list. */
  order: z.enum(['as listed', 'preference votes', 'preference votes over a share']).default('as listed'),
  /** The share of what follows that lets a candidate overtake the order of the list. */
  preferenceThreshold: thresholdSchema.default({ of: [5, 100], reach: 'at least' }),
  preferenceBase: z.enum(['votes of the list', 'votes per seat']).default('votes of the list'),
  ties: tieRulesSchema.default(['lot']),
}

export type ListRules = z.output<z.ZodObject<typeof listRules, z.core.$strict>>
