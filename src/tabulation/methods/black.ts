import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { doubledBordaPoints } from '../condorcet/borda-points.ts'
import {
  comparedTabulation,
  compareOptions,
  rankedByFigure,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { condorcetWinner } from '../condorcet/top-sets.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { countedWeight } from '../ranked-statistics.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  unranked: unrankedRule.default('last'),
  ties: tieRulesSchema.default(['lot']),
})

type BlackRules = z.output<typeof rules>

/** Each ballot ranks options; the one that beats every other in pairs is elected, else the one with most Borda points. */
export const black = defineMethod({
  id: 'black',
  title: 'Black',
  style: 'ranking',
  takesTotals: false,
  source: 'Black, "The Theory of Committees and Elections" (1958)',
  rules,
  count: countBlack,
})

function countBlack(input: TabulationInput<BlackRules>): Tabulation {
  const comparison = compareOptions(input)
  const { standing, votes, places } = comparison
  const points = doubledBordaPoints(votes, standing, countedWeight(input.ballots as BallotGroups))
  const winner = condorcetWinner(votes, standing)
  const byPoints = rankedByFigure(standing, (option) => points[option]!, 'highest')
  const others = byPoints
    .map((equals) => equals.filter((option) => option !== winner))
    .filter((equals) => equals.length > 0)
  return comparedTabulation({
    method: 'black',
    input,
    comparison,
    ranking: winner === undefined ? byPoints : [[winner], ...others],
    sentence:
      winner === undefined
        ? 'Nobody beats every other in pairs. By Borda points'
        : `${input.options[winner]} beats every other in pairs. With the others by Borda points`,
    workings: [
      {
        title: 'Borda points',
        head: ['option', 'points'],
        rows: byPoints
          .flat()
          .map((option) => [input.options[option]!, formatDecimal(points[option]! * 5n, places + 1)]),
      },
    ],
  })
}
