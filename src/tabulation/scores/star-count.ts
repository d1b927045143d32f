import type { BallotGroups } from '../ballot-groups.ts'
import { formatDecimal } from '../decimal.ts'
import type { OptionIndex } from '../option-index.ts'
import { SeatRecord, type Settled } from '../seat-record.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { Round, Tabulation, TabulationInput, Working } from '../tabulation.ts'
import type { TieQuestion, TieRule } from '../ties.ts'
import {
  comparePairsByScore,
  countScores,
  type ScoreCounts,
  scoreStatistics,
  scoresGiven,
  sumOfScores,
  withinScale,
} from './score-counts.ts'
import { scoreTable } from './score-tables.ts'
import { headToHead, higherTotal, mostHighestScores, type StarHeadToHead } from './star-ties.ts'

interface StarRules {
  readonly highestScore: number
  readonly headToHead: StarHeadToHead
  readonly ties: readonly TieRule[]
}

/** What every seat is filled from. */
interface Ballots {
  readonly groups: BallotGroups
  readonly counts: ScoreCounts
  /** By position, in units of the groups. */
  readonly sums: readonly bigint[]
}

/** Fills the seats one after the other: a round of scores, and a runoff of the two highest. */
export function countStar(method: string, input: TabulationInput<StarRules>): Tabulation {
  const { options, rules } = input
  const groups = withinScale(input.ballots as BallotGroups, 0, rules.highestScore)
  const counts = countScores(groups)
  const sums = options.map((_, option) => sumOfScores(counts, option))
  const record = new SeatRecord(method, input)
  const standing = record.continuing()
  const runoffs: Runoff[] = []
  let open: TieQuestion | undefined
  while (open === undefined && record.vacant() > 0 && record.continuing().length > 0) {
    const seat = fillSeat(record, { groups, counts, sums }, input)
    if (seat.runoff) runoffs.push(seat.runoff)
    open = seat.open
  }
  const decimal = (units: bigint | number) => formatDecimal(units, groups.weightPlaces)
  return record.finish(scoreStatistics(groups, counts.valid), {
    open,
    workings: [
      scoreTable({
        title: 'Ballots that give each score',
        names: options,
        standing,
        counts,
        places: groups.weightPlaces,
        last: { head: ['Total'], cells: (option) => [decimal(sums[option]!)] },
      }),
      runoffTable(runoffs, options, decimal),
    ],
  })
}

interface Runoff {
  readonly round: number
  readonly finalists: readonly OptionIndex[]
  /** Weight of the ballots that prefer each finalist. */
  readonly votes: readonly number[]
  readonly equal: number
}

function fillSeat(
  record: SeatRecord,
  ballots: Ballots,
  input: TabulationInput<StarRules>,
): { readonly runoff?: Runoff; readonly open?: TieQuestion } {
  const { options: names, rules } = input
  const { groups, counts, sums } = ballots
  const decimal = (units: bigint | number) => formatDecimal(units, groups.weightPlaces)
  const among = record.continuing()
  const scores = names.map((_, option) => (among.includes(option) ? decimal(sums[option]!) : '0'))
  const settledSentence = (settled: Settled) =>
    settled.kind === 'chosen' && settled.tie ? `${settledTieSentence(settled.tie, names)} ` : ''

  const traced = (options: readonly OptionIndex[], count: 'scores' | 'one preference') =>
    input.trace === undefined ? {} : { traced: traceOf(groups, input.trace, options, count) }

  if (among.length <= record.vacant()) {
    // Everybody is elected; the order of the scores is only that in which they are named.
    const all = among.toSorted((a, b) => (sums[a]! === sums[b]! ? a - b : sums[a]! > sums[b]! ? -1 : 1))
    const sentence = `As many options are left as seats: ${nameList(all.map((option) => names[option]!))} ${all.length === 1 ? 'is' : 'are'} elected.`
    record.finishRound({
      action: { kind: 'count' },
      votes: scores,
      elected: all,
      sentence,
      ...traced(among, 'scores'),
    })
    return {}
  }

  const five = mostHighestScores(counts, rules.highestScore, decimal)
  const finalists = record.choose({
    among,
    figures: sums,
    places: 2,
    to: 'enter the runoff',
    comparisons: [headToHead(groups, rules.headToHead, decimal), five],
  })
  if (finalists.kind === 'tied') {
    record.finishRound({
      action: { kind: 'count' },
      votes: scores,
      elected: [],
      sentence: 'The scores are added up.',
      ...traced(among, 'scores'),
    })
    return { open: finalists.question }
  }
  const pair = finalists.chosen
  const reach = pair.map((option) => `${names[option]} (${decimal(sums[option]!)})`)
  record.finishRound({
    action: { kind: 'count' },
    votes: scores,
    elected: [],
    sentence: `The scores are added up. ${settledSentence(finalists)}${nameList(reach)} go on to the runoff.`,
    ...traced(among, 'scores'),
  })

  const preferred = comparePairsByScore(groups, pair)
  const votes = [preferred[1]!, preferred[2]!]
  const runoff = { round: record.round, finalists: pair, votes, equal: counts.valid - votes[0]! - votes[1]! }
  const figures = names.map((_, option) => BigInt(votes[pair.indexOf(option)] ?? 0))
  const winner = record.choose({
    among: pair.toSorted((a, b) => a - b),
    figures,
    places: 1,
    to: 'elect',
    comparisons: [higherTotal(sums, decimal), five],
  })
  const counted =
    `Preferred: ${names[pair[0]!]} by ${decimal(votes[0]!)}, ${names[pair[1]!]} by ${decimal(votes[1]!)}; ` +
    `${decimal(runoff.equal)} score them alike.`
  record.finishRound({
    action: { kind: 'runoff', options: pair },
    votes: figures.map(decimal),
    exhausted: decimal(runoff.equal),
    ...traced(pair, 'one preference'),
    elected: winner.kind === 'chosen' ? winner.chosen : [],
    sentence:
      winner.kind === 'chosen'
        ? `${counted} ${settledSentence(winner)}${names[winner.chosen[0]!]} is elected.`
        : counted,
  })
  return { runoff, ...(winner.kind === 'tied' && { open: winner.question }) }
}

/** What a ballot of a group counts for: its scores, or one vote for the finalist that it scores higher. */
function traceOf(
  groups: BallotGroups,
  group: number,
  options: readonly OptionIndex[],
  count: 'scores' | 'one preference',
): NonNullable<Round['traced']> {
  if (groups.weights[group] === 0) return []
  const given = scoresGiven(groups, group, options)
  if (count === 'scores') return given.map(({ option, score }) => ({ option, votes: String(score) }))
  const [first, second] = given.toSorted((a, b) => b.score - a.score)
  return first && first.score !== second?.score ? [{ option: first.option, votes: '1' }] : []
}

function runoffTable(
  runoffs: readonly Runoff[],
  names: readonly string[],
  decimal: (units: bigint | number) => string,
): Working {
  return {
    title: 'Runoffs',
    head: ['Round', 'Finalist', 'Preferred by', 'Finalist', 'Preferred by', 'Alike'],
    rows: runoffs.map(({ round, finalists, votes, equal }) => [
      String(round),
      names[finalists[0]!]!,
      decimal(votes[0]!),
      names[finalists[1]!]!,
      decimal(votes[1]!),
      decimal(equal),
    ]),
  }
}
