import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { mostVotes } from '../most-votes.ts'
import { tallySelections } from '../selection-tally.ts'
import { openTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { electionSentence, singleRoundTabulation, standing } from './single-round.ts'

const rules = z.strictObject({ ties: tieRulesSchema.default(['lot']) })

export type PluralityRules = z.output<typeof rules>

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
export function countMostVotes(method: string, mostSelections: 1 | 'any number') {
  return (input: TabulationInput<PluralityRules>): Tabulation => {
    const { options, seats, rules, tieBreaks } = input
    const tally = tallySelections(input, mostSelections)
    const { chosen, ties, open } = mostVotes({
      votes: tally.votes,
      among: standing(input),
      places: seats,
      method,
      round: 1,
      to: 'elect',
      chain: rules.ties,
      breaks: tieBreaks,
    })
    const elected = electionSentence(options, chosen, tally)
    return singleRoundTabulation({
      method,
      input,
      tally,
      elected: chosen,
      outcome: open ? { kind: 'tied', tie: open } : { kind: 'decided' },
      ties,
      sentence: open
        ? [...(chosen.length > 0 ? [elected] : []), openTieSentence(open, options)].join(' ')
        : elected,
    })
  }
}
