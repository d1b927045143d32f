import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { countOneByOne } from '../committees/committee-count.ts'
import { phragmenRule } from '../committees/phragmen.ts'
import { electAll } from '../committees/thiele-count.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { SeatRecord } from '../seat-record.ts'
import { statisticsOf, tallySelections } from '../selection-tally.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({ ties: tieRulesSchema.default(['lot']) })

/** Each ballot approves options; each seat goes to the option that makes the heaviest load of a ballot least. */
export const phragmenSeq = defineMethod({
  id: 'phragmen-seq',
  title: "Phragmén's sequential rule",
  style: 'approval',
  takesTotals: false,
  source:
    'Phragmén (1894); Janson, "Phragmén\'s and Thiele\'s election methods" (2016); Brill, Freeman, Janson and Lackner, "Phragmén\'s voting methods and justified representation" (2017)',
  rules,
  count: countPhragmen,
})

function countPhragmen(input: TabulationInput<z.output<typeof rules>>): Tabulation {
  const { options: names, seats } = input
  const groups = input.ballots as BallotGroups
  const record = new SeatRecord('phragmen-seq', input)
  const standing = record.continuing()
  const tally = tallySelections(input, 'any number')
  const statistics = statisticsOf(tally)
  if (standing.length <= seats) {
    const approvals = tally.votes.map((votes) => formatDecimal(votes, tally.places))
    return electAll(record, standing, approvals, names, statistics)
  }
  const rule = phragmenRule(groups, standing, seats, names)
  const title = 'Votes that would carry the seat at one load, exactly'
  return record.finish(statistics, countOneByOne(record, rule, names, title))
}
