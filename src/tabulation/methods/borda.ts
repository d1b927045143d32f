import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { bordaPoints } from '../borda/points.ts'
import { defineMethod } from '../define-method.ts'
import { mostVotes, rankedByVotes } from '../most-votes.ts'
import { outcomeOf } from '../outcome.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import { nameList, openTieSentence, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { standing, statusOf } from './single-round.ts'

const rules = z.strictObject({
  /**
   * Points of the places on a ballot, of n options: n - 1 down to 0, n down to 1, or 1, 1/2, 1/3 and so on
   * (Dowdall's, as in Nauru).
   */
  points: z.enum(['to zero', 'to one', 'dowdall']).default('to zero'),
  /**
   * What the options get that a ballot doesn't rank: an equal share of the points of the places left over, as in
   * tournaments; nothing; or nothing, and the ranked ones only what they had if there were no others.
   */
  unranked: z.enum(['shared points', 'nothing', 'shorter scale']).default('shared points'),
  /** What options of one rank get: an equal share of the points of their places, or those of the first or last. */
  sharedRanks: z.enum(['shared points', 'first place', 'last place']).default('shared points'),
  ties: tieRulesSchema.default(['lot']),
})

type BordaRules = z.output<typeof rules>

/** Each ballot ranks options and gives them points by their places; those with most points are elected. */
export const borda = defineMethod({
  id: 'borda',
  title: 'Borda count',
  style: 'ranking',
  takesTotals: false,
  source:
    'Borda, "Mémoire sur les élections au scrutin" (1781); shared points as in Black, "Partial justification of the Borda count", Public Choice 28 (1976)',
  rules,
  count: countBorda,
})

function countBorda(input: TabulationInput<BordaRules>): Tabulation {
  const { options, seats, rules, tieBreaks } = input
  const groups = input.ballots as BallotGroups
  const among = standing(input)
  const { units, format } = bordaPoints(groups, among, rules)
  const { chosen, ties, open } = mostVotes({
    votes: units,
    among,
    places: seats,
    method: 'borda',
    round: 1,
    to: 'elect',
    chain: rules.ties,
    breaks: tieBreaks,
  })
  const outcome = outcomeOf(open)
  const withPoints = chosen.map((option) => `${options[option]} (${format(units[option]!)})`)
  return {
    method: 'borda',
    options,
    seats,
    outcome,
    winners: chosen.map((option) => ({ option, round: 1 })),
    statuses: options.map((_, option) => statusOf(option, input.withdrawn, chosen, outcome)),
    rounds: [
      {
        number: 1,
        action: { kind: 'count' },
        votes: units.map(format),
        exhausted: '0',
        loss: '0',
        elected: chosen,
        transfers: [],
        sentence: [
          ...ties.filter((tie) => tie.chosen).map((tie) => settledTieSentence(tie, options)),
          ...(chosen.length > 0
            ? [`${nameList(withPoints)} ${chosen.length === 1 ? 'is' : 'are'} elected with the most points.`]
            : []),
          ...(open ? [openTieSentence(open, options)] : []),
        ].join(' '),
      },
    ],
    ties,
    statistics: rankedStatistics(groups, {
      uncountable: 0,
      exhausted: 0n,
      places: 0,
      sharedRanks: 'allowed',
    }),
    ranking: rankedByVotes(among, units),
  }
}
