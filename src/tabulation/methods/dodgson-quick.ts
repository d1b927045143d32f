import * as z from 'zod'
import {
  type Comparison,
  comparedTabulation,
  compareOptions,
  rankedByFigure,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /**
   * How the exchanges that would let an option beat all others are estimated: half the margin of each of its
   * defeats, rounded up; or the margins themselves.
   */
  approximation: z.enum(['quick', 'tideman']).default('quick'),
  unranked: unrankedRule.default('last'),
  ties: tieRulesSchema.default(['lot']),
})

type DodgsonQuickRules = z.output<typeof rules>

/** Each ballot ranks options; the option nearest to beating all others in pairs is elected. */
export const dodgsonQuick = defineMethod({
  id: 'dodgson-quick',
  title: 'Dodgson, quick approximation',
  style: 'ranking',
  takesTotals: false,
  source:
    'McCabe-Dansereau, Pritchard and Slinko, "Approximability of Dodgson\'s rule", Social Choice and Welfare 31 (2008); Tideman, Social Choice and Welfare 4 (1987)',
  rules,
  count: countDodgsonQuick,
})

function countDodgsonQuick(input: TabulationInput<DodgsonQuickRules>): Tabulation {
  const comparison = compareOptions(input)
  const { standing } = comparison
  const { approximation } = input.rules
  const exchanges = new Map(
    standing.map((option) => [option, exchangesOf(comparison, option, approximation)]),
  )
  const ranking = rankedByFigure(standing, (option) => exchanges.get(option)!, 'lowest')
  // Half margins are rounded to whole ballots.
  const places = approximation === 'quick' ? 0 : comparison.places
  return comparedTabulation({
    method: 'dodgson-quick',
    input,
    comparison,
    ranking,
    sentence: 'By how little each lacks to beat all others',
    workings: [
      {
        title: approximation === 'quick' ? 'Half the margins of defeat, rounded up' : 'Margins of defeat',
        head: ['option', 'sum'],
        rows: ranking
          .flat()
          .map((option) => [input.options[option]!, formatDecimal(exchanges.get(option)!, places)]),
      },
    ],
  })
}

/** In whole ballots where they are halves rounded up, in units of the ballots where they are margins. */
function exchangesOf(
  { votes, standing, places }: Comparison,
  option: OptionIndex,
  approximation: DodgsonQuickRules['approximation'],
): bigint {
  const half = 2n * 10n ** BigInt(places)
  let sum = 0n
  for (const other of standing) {
    const margin = BigInt(votes[other]![option]! - votes[option]![other]!)
    if (margin > 0n) sum += approximation === 'quick' ? (margin + half - 1n) / half : margin
  }
  return sum
}
