import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countByPoints, pointsRules } from '../runoffs/points-count.ts'

const rules = z.strictObject(pointsRules)

/** Each ballot ranks options; the one with fewest Borda points is excluded, round by round. */
export const baldwin = defineMethod({
  id: 'baldwin',
  title: 'Baldwin',
  style: 'ranking',
  takesTotals: false,
  source:
    'Baldwin, "The technique of the Nanson preferential majority system of election", Proceedings of the Royal Society of Victoria 39 (1926)',
  rules,
  count: (input) =>
    countByPoints('baldwin', input, {
      elect: ({ record, points, continuing }) =>
        continuing.length <= input.seats ? record.chooseMost(continuing, points, input.seats) : undefined,
      exclude: ({ record, continuing }) => {
        const choice = record.choose(continuing, 'exclude')
        if (choice.kind === 'tied') return { open: choice.question }
        return { options: [choice.option], ...(choice.tie && { tie: choice.tie }) }
      },
      because: 'With the fewest points',
    }),
})
