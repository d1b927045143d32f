import * as z from 'zod'
import { type BallotGroups, maxScore } from '../ballot-groups.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { cutFraction, fraction, shownPlaces } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import {
  compareMajorityGauges,
  compareMajorityValues,
  type Merit,
  majorityGrade,
} from '../scores/majority-value.ts'
import { countScores, type ScoreCounts, scoreStatistics, withinScale } from '../scores/score-counts.ts'
import { scoreTable } from '../scores/score-tables.ts'
import { SeatRecord } from '../seat-record.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z
  .strictObject({
    /** The best grade, the worst being 0. A ballot that gives a better one is invalid. */
    bestGrade: z.int().min(1).max(maxScore).default(6),
    /** What an option has from a ballot that leaves it without a grade. */
    ungraded: z.enum(['assumed grade', 'not counted']).default('assumed grade'),
    /** The worst, unless an electorate agreed on another before the vote. */
    assumedGrade: z.int().min(0).max(maxScore).default(0),
    /** How options with the same median are told apart. */
    sameMedian: z.enum(['median after median', 'majority gauge']).default('median after median'),
    ties: tieRulesSchema.default(['lot']),
  })
  .refine(({ assumedGrade, bestGrade }) => assumedGrade <= bestGrade, {
    message: 'the assumed grade is better than the best',
  })

type MajorityJudgmentRules = z.output<typeof rules>

/** Each ballot grades the options; the one with the best median grade is elected. */
export const majorityJudgment = defineMethod({
  id: 'majority-judgment',
  title: 'Majority judgment',
  style: 'grade',
  takesTotals: false,
  source: 'Balinski and Laraki, "Majority Judgment: Measuring, Ranking, and Electing", MIT Press (2011)',
  rules,
  count: countMajorityJudgment,
})

function countMajorityJudgment(input: TabulationInput<MajorityJudgmentRules>): Tabulation {
  const { options: names, seats, rules } = input
  const groups = withinScale(input.ballots as BallotGroups, 0, rules.bestGrade)
  const counts = countScores(groups)
  const record = new SeatRecord('majority-judgment', input)
  const standing = record.continuing()
  const merits = names.map((_, option) => meritOf(counts, option, rules))
  const compare = rules.sameMedian === 'majority gauge' ? compareMajorityGauges : compareMajorityValues
  const better = (a: OptionIndex, b: OptionIndex) => compare(merits[b]!, merits[a]!)
  const ranking = rankedBy(standing, better)
  const figures = names.map((_, option) =>
    BigInt(-ranking.findIndex((equals) => equals.includes(option)) - 1),
  )

  const settled = record.choose({ among: standing, figures, places: seats, to: 'elect' })
  const elected =
    settled.kind === 'chosen'
      ? settled.chosen
      : ranking.flat().filter((option) => figures[option]! > figures[settled.question.among[0]!]!)
  const order = ranking.map((equals) => nameList(equals.map((option) => names[option]!))).join('; ')
  record.finishRound({
    action: { kind: 'compare' },
    votes: [],
    elected,
    sentence: [
      `By their median grades, the order is: ${order}.`,
      ...(settled.kind === 'chosen' && settled.tie ? [settledTieSentence(settled.tie, names)] : []),
      elected.length === 0
        ? 'Nobody is elected.'
        : `${nameList(elected.map((option) => names[option]!))} ${elected.length === 1 ? 'is' : 'are'} elected.`,
    ].join(' '),
  })
  return record.finish(scoreStatistics(groups, counts.valid), {
    open: settled.kind === 'tied' ? settled.question : undefined,
    ranking,
    workings: [
      scoreTable({
        title: `Ballots that give each grade, 0 being the worst, and the gauge in percent, cut to ${shownPlaces} places`,
        names,
        standing: ranking.flat(),
        counts,
        places: groups.weightPlaces,
        last: {
          head: ['Median', 'Better', 'Worse'],
          cells: (option) => gaugeCells(merits[option]!, groups.weightPlaces),
        },
      }),
    ],
  })
}

/** Best first, equals together. */
function rankedBy(
  options: readonly OptionIndex[],
  better: (a: OptionIndex, b: OptionIndex) => number,
): OptionIndex[][] {
  const ranking: OptionIndex[][] = []
  for (const option of [...options].sort((a, b) => better(a, b) || a - b)) {
    const last = ranking.at(-1)
    if (last && better(last[0]!, option) === 0) last.push(option)
    else ranking.push([option])
  }
  return ranking
}

function meritOf(
  { given, width, unscored, valid }: ScoreCounts,
  option: OptionIndex,
  { ungraded, assumedGrade, bestGrade }: MajorityJudgmentRules,
): Merit {
  const grades = Array.from({ length: bestGrade + 1 }, (_, grade) =>
    BigInt(grade < width ? given[option * width + grade]! : 0),
  )
  const without = BigInt(unscored[option]!)
  if (ungraded === 'not counted') return { grades, total: BigInt(valid) - without }
  grades[assumedGrade]! += without
  return { grades, total: BigInt(valid) }
}

function gaugeCells(merit: Merit, places: number): string[] {
  const grade = majorityGrade(merit)
  if (grade === undefined) return ['–', '–', '–']
  const share = (units: bigint) => cutFraction(fraction(100n * units, merit.total))
  const sum = (units: readonly bigint[]) => units.reduce((total, number) => total + number, 0n)
  const [worse, best] = [sum(merit.grades.slice(0, grade)), sum(merit.grades.slice(grade + 1))]
  const cell = (units: bigint) => `${formatDecimal(units, places)} (${share(units)} %)`
  return [String(grade), cell(best), cell(worse)]
}
