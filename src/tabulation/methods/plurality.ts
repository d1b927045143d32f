import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { tallySelections } from '../selection-tally.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { electMostVotes } from './single-round.ts'

const rules = z.strictObject({ ties: tieRulesSchema.default(['lot']) })

type PluralityRules = z.output<typeof rules>

/** Each ballot selects one option; the options with the most votes are elected, with or without a majority. */
export const plurality = defineMethod({
  id: 'plurality',
  title: 'Plurality',
  style: 'choice',
  takesTotals: true,
  source: 'First past the post; with several seats, the single non-transferable vote',
  rules,
  count: countMostVotes('plurality', 1),
})

/** Counts a method that elects those with most votes, whatever their share. */
export function countMostVotes(method: string, mostSelections: number | 'any number') {
  return (input: TabulationInput<PluralityRules>): Tabulation =>
    electMostVotes(method, input, tallySelections(input, mostSelections))
}
