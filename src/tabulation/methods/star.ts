import * as z from 'zod'
import { maxScore } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import { TabulationRefusal } from '../refusals.ts'
import { countStar } from '../scores/star-count.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /** The most stars that a ballot can give; a ballot that gives more is invalid. */
  highestScore: z.int().min(1).max(maxScore).default(5),
  /**
   * How ballots that compare the tied head to head decide who goes on to the runoff: drop those that lost most
   * matchups, again and again; or take those that most ballots prefer, over all their matchups.
   */
  headToHead: z.enum(['fewest matchups lost', 'most votes in all matchups']).default('fewest matchups lost'),
  ties: tieRulesSchema.default(['lot']),
})

/** Each ballot scores the options; of the two with the highest scores the one that more ballots prefer is elected. */
export const star = defineMethod({
  id: 'star',
  title: 'STAR (score then automatic runoff)',
  style: 'score',
  takesTotals: false,
  source:
    'Equal Vote Coalition, starvoting.org; ties by its official tiebreaker protocol, starvoting.org/ties',
  rules,
  count: (input) => {
    if (input.seats === 1) return countStar('star', input)
    throw new TabulationRefusal(
      'seats-out-of-range',
      'STAR fills one seat. Several are filled by star-bloc, or in proportion by allocated-score.',
      { seats: input.seats },
    )
  },
})

/** STAR for each seat in turn, without those already elected. */
export const starBloc = defineMethod({
  id: 'star-bloc',
  title: 'Bloc STAR',
  style: 'score',
  takesTotals: false,
  source: 'Equal Vote Coalition, "Bloc STAR voting", starvoting.org/multi_winner',
  rules,
  count: (input) => countStar('star-bloc', input),
})
