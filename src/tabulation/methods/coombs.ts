import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import {
  countByExclusion,
  type Election,
  type ExclusionState,
  type NextExclusion,
} from '../runoffs/exclusion-count.ts'
import { exclusionRules } from '../runoffs/exclusion-rules.ts'
import { LastPlaces } from '../runoffs/last-places.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'

const rules = z.strictObject({
  /** For one seat: stop when an option has a majority, or exclude until one is left. */
  until: z.enum(['majority', 'one is left']).default('majority'),
  ...exclusionRules,
})

type CoombsRules = z.output<typeof rules>

/** Each ballot ranks options; without a majority the option is excluded that most ballots have last. */
export const coombs = defineMethod({
  id: 'coombs',
  title: 'Coombs',
  style: 'ranking',
  takesTotals: false,
  source:
    'Coombs, "A Theory of Data" (1964); Grofman and Feld, "If you like the alternative vote (a.k.a. the instant runoff), then you ought to know about the Coombs rule", Electoral Studies 23 (2004)',
  rules,
  count: countCoombs,
})

function countCoombs(input: TabulationInput<CoombsRules>): Tabulation {
  let lastPlaces: LastPlaces | undefined
  return countByExclusion('coombs', input, {
    elect: (state) => electionOf(state, input),
    exclude: (state) => {
      lastPlaces ??= new LastPlaces(input.ballots as BallotGroups, state.continuing)
      return mostLastPlaces(state, input, lastPlaces)
    },
  })
}

function electionOf(
  { votes, continuing }: ExclusionState,
  { seats, rules }: TabulationInput<CoombsRules>,
): Election | undefined {
  if (continuing.length <= seats) {
    return { options: inOrderOfVotes(continuing, votes), because: 'As many are left as there are seats.' }
  }
  const active = votes.reduce((sum, number) => sum + number, 0n)
  const leader = continuing.find((option) => votes[option]! * 2n > active)
  if (seats > 1 || rules.until !== 'majority' || leader === undefined) return undefined
  return { options: [leader], because: 'That is a majority.' }
}

function mostLastPlaces(
  { record, continuing }: ExclusionState,
  { ballots, options }: TabulationInput<CoombsRules>,
  lastPlaces: LastPlaces,
): NextExclusion {
  const { places, unit } = lastPlaces.count(continuing)
  const most = continuing.map((option) => places[option]!).reduce((a, b) => (a > b ? a : b))
  const last = continuing.filter((option) => places[option] === most)
  const choice = record.chooseEqual(last, 'exclude')
  if (choice.kind === 'tied') return { open: choice.question }
  const shown = (option: OptionIndex) =>
    `${options[option]} ${formatDecimal((places[option]! * 1_000_000n) / unit, (ballots as BallotGroups).weightPlaces + 6)}`
  return {
    options: [choice.option],
    because: `Last places: ${continuing.map(shown).join(', ')}. With the most of them`,
    ...(choice.tie && { tie: choice.tie }),
  }
}
