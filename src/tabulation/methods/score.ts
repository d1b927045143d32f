import * as z from 'zod'
import { type BallotGroups, maxScore } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import { cutFraction, type Fraction, fraction, inCommonUnits, shownPlaces } from '../exact-fraction.ts'
import { rankedByVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import {
  countScores,
  type ScoreCounts,
  scoreStatistics,
  sumOfScores,
  withinScale,
} from '../scores/score-counts.ts'
import { scoreTable } from '../scores/score-tables.ts'
import { SeatRecord } from '../seat-record.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z
  .strictObject({
    /** What is compared: the sum of an option's scores, or their average. */
    by: z.enum(['sum', 'average']).default('sum'),
    /** What an option has from a ballot that leaves it without a score. */
    unscored: z.enum(['lowest score', 'not counted']).default('lowest score'),
    lowestScore: z.int().min(0).max(maxScore).default(0),
    /** By default any score that a ballot can hold. A ballot with a score out of range is invalid. */
    highestScore: z.int().min(1).max(maxScore).default(maxScore),
    ties: tieRulesSchema.default(['lot']),
  })
  .refine(({ lowestScore, highestScore }) => lowestScore < highestScore, {
    message: 'the lowest score is not below the highest',
  })

type ScoreRules = z.output<typeof rules>

/** Each ballot gives options a score; those with the highest sum, or average, are elected. */
export const score = defineMethod({
  id: 'score',
  title: 'Score voting',
  style: 'score',
  takesTotals: false,
  source: 'Smith, "Range voting" (2000); The Center for Range Voting, rangevoting.org',
  rules,
  count: countScore,
})

function countScore(input: TabulationInput<ScoreRules>): Tabulation {
  const { options, seats, rules } = input
  const { lowestScore, highestScore } = rules
  const groups = withinScale(input.ballots as BallotGroups, lowestScore, highestScore)
  const counts = countScores(groups)
  const record = new SeatRecord('score', input)
  const standing = record.continuing()
  const results = options.map((_, option) => resultOf(counts, option, groups.weightPlaces, rules))
  const figures = inCommonUnits(results.map((result) => result ?? fraction(-1n)))
  const settled = record.choose({ among: standing, figures, places: seats, to: 'elect' })
  const written = (option: OptionIndex) => (results[option] ? cutFraction(results[option]) : '0')
  const certain = settled.kind === 'chosen' ? settled.chosen : certainOf(standing, figures, settled.question)
  const names = certain.map((option) => `${options[option]} (${written(option)})`)
  const tie = settled.kind === 'chosen' ? settled.tie : undefined
  record.finishRound({
    action: { kind: 'count' },
    votes: options.map((_, option) => (standing.includes(option) ? written(option) : '0')),
    elected: certain,
    sentence: [
      ...(tie ? [settledTieSentence(tie, options)] : []),
      names.length === 0
        ? 'Nobody is elected.'
        : `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} elected with the highest ${rules.by} of scores.`,
    ].join(' '),
  })
  return record.finish(scoreStatistics(groups, counts.valid), {
    open: settled.kind === 'tied' ? settled.question : undefined,
    ranking: rankedByVotes(standing, figures),
    workings: [
      scoreTable({
        title: `Scores; an average is cut to ${shownPlaces} places`,
        names: options,
        standing,
        counts,
        places: groups.weightPlaces,
        last: {
          head: ['Sum', 'Average'],
          cells: (option) => [
            cellOf(resultOf(counts, option, groups.weightPlaces, { ...rules, by: 'sum' })),
            cellOf(resultOf(counts, option, groups.weightPlaces, { ...rules, by: 'average' })),
          ],
        },
      }),
    ],
  })
}

function cellOf(result: Fraction | undefined): string {
  return result ? cutFraction(result) : '–'
}

/** Those above a tie that is open. */
function certainOf(
  standing: readonly OptionIndex[],
  figures: readonly bigint[],
  { among }: { readonly among: readonly OptionIndex[] },
): OptionIndex[] {
  const last = figures[among[0]!]!
  return rankedByVotes(standing, figures)
    .flat()
    .filter((option) => figures[option]! > last)
}

/** The sum or average of an option's scores; `undefined` where it has no score to make an average of. */
function resultOf(
  counts: ScoreCounts,
  option: OptionIndex,
  places: number,
  { by, unscored, lowestScore }: Pick<ScoreRules, 'by' | 'unscored' | 'lowestScore'>,
): Fraction | undefined {
  const without = BigInt(counts.unscored[option]!)
  const sum = sumOfScores(counts, option) + (unscored === 'lowest score' ? without * BigInt(lowestScore) : 0n)
  if (by === 'sum') return fraction(sum, 10n ** BigInt(places))
  const ballots = BigInt(counts.valid) - (unscored === 'lowest score' ? 0n : without)
  return ballots === 0n ? undefined : fraction(sum, ballots)
}
