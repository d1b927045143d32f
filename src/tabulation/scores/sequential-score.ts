import { type BallotGroups, maxScore } from '../ballot-groups.ts'
import { BallotValues } from '../ballot-values.ts'
import {
  compareFractions,
  cutFraction,
  type Fraction,
  fraction,
  inCommonUnits,
  one,
  plus,
  shownPlaces,
  times,
  zero,
} from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import { TabulationRefusal } from '../refusals.ts'
import { SeatRecord } from '../seat-record.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { Round, Tabulation, TabulationInput, Working } from '../tabulation.ts'
import type { TieRule } from '../ties.ts'
import { countScores, scoreStatistics, scoresGiven, withinScale } from './score-counts.ts'

interface SequentialScoreRules {
  readonly highestScore: number
  readonly ties: readonly TieRule[]
}

/** Ballots that had one value and gave the elected option one score. */
export interface Supporters {
  /** The share of their weight that they have left, from 0 to 1. */
  readonly value: Fraction
  readonly score: number
  /** Their weight, in votes. */
  readonly weight: Fraction
}

/** How ballots pay for an option that they helped to elect. */
export interface Payment {
  /** What electing an option costs, for the record; nothing where there is no such figure. */
  readonly quota?: (valid: Fraction, seats: number) => Fraction
  /**
   * The share of their weight that each of the supporters keep, in their order.
   * @param cost the quota
   * @param total the weighted scores of the elected option
   */
  readonly keep: (supporters: readonly Supporters[], cost: Fraction, total: Fraction) => readonly Fraction[]
  /** What happened to them, for people. */
  readonly sentence: string
}

/** Elects the option with the highest weighted score, lets its supporters pay, and goes on to the next seat. */
export function countSequentialScore(
  method: string,
  input: TabulationInput<SequentialScoreRules>,
  payment: Payment,
): Tabulation {
  const { options: names, seats, rules } = input
  const groups = withinScale(input.ballots as BallotGroups, 0, rules.highestScore)
  const { valid } = countScores(groups)
  const votes = (units: number) => fraction(BigInt(units), 10n ** BigInt(groups.weightPlaces))
  if (valid * rules.highestScore > Number.MAX_SAFE_INTEGER) {
    throw new TabulationRefusal('weight-too-large', 'The scores together must stay below 2^53.', { valid })
  }
  const record = new SeatRecord(method, input)
  const weights = new BallotValues(groups.count, one)
  const quota = payment.quota?.(votes(valid), seats)
  const tables: Working[] = []
  const finish = (open?: Extract<ReturnType<SeatRecord['choose']>, { kind: 'tied' }>) =>
    record.finish(scoreStatistics(groups, valid), { open: open?.question, workings: tables })

  while (record.vacant() > 0 && record.continuing().length > 0) {
    const among = record.continuing()
    const totals = weightedScores(groups, weights).map((units) =>
      times(units, fraction(1n, 10n ** BigInt(groups.weightPlaces))),
    )
    const all = among.length <= record.vacant()
    const settled = record.choose({
      among,
      figures: inCommonUnits(totals),
      places: all ? among.length : 1,
      to: 'elect',
    })
    const elected = settled.kind === 'chosen' ? settled.chosen : []
    const isLast = all || record.vacant() === 1
    const reached = nameList(elected.map((option) => `${names[option]} (${cutFraction(totals[option]!)})`))
    const sentences = [
      ...(settled.kind === 'chosen' && settled.tie ? [settledTieSentence(settled.tie, names)] : []),
      settled.kind === 'tied'
        ? 'The weighted scores are added up.'
        : all
          ? `No more options are left than seats. Elected: ${reached}.`
          : `${reached} has the highest weighted score and is elected.`,
      ...(isLast || settled.kind === 'tied' ? [] : [payment.sentence]),
    ]
    record.finishRound({
      action: elected.length === 1 ? { kind: 'choose', option: elected[0]! } : { kind: 'count' },
      votes: names.map((_, option) => (among.includes(option) ? cutFraction(totals[option]!) : '0')),
      elected,
      sentence: sentences.join(' '),
      ...(quota && { quota: cutFraction(quota) }),
      ...(input.trace !== undefined && { traced: tracedScores(groups, weights, input.trace, among) }),
    })
    if (settled.kind === 'tied') return finish(settled)
    if (isLast) break
    pay(groups, weights, elected[0]!, (supporters) =>
      payment.keep(
        supporters.map((each) => ({ ...each, weight: votes(each.units) })),
        quota ?? zero,
        totals[elected[0]!]!,
      ),
    )
    const title = `What ballots weigh after the election of ${names[elected[0]!]}, cut to ${shownPlaces} places`
    tables.push(weights.table(groups, title, 'without blank ballots', cutFraction))
  }
  return finish()
}

/** What a ballot of a group adds to the weighted scores of a round. */
function tracedScores(
  groups: BallotGroups,
  { of, values }: BallotValues,
  group: number,
  among: readonly OptionIndex[],
): NonNullable<Round['traced']> {
  const weight = values[of[group]!]!
  if (groups.weights[group] === 0 || weight.top === 0n) return []
  return scoresGiven(groups, group, among).map(({ option, score }) => ({
    option,
    votes: cutFraction(times(weight, fraction(score))),
  }))
}

/** By position of the option, in units of the groups. Sums of weight × score stay below 2^53, as was checked. */
function weightedScores(groups: BallotGroups, { of, values }: BallotValues): Fraction[] {
  const { starts, entries, weights, count, optionCount } = groups
  const sums = values.map(() => new Float64Array(0))
  for (let group = 0; group < count; group++) {
    const value = of[group]!
    if (sums[value]!.length === 0) sums[value] = new Float64Array(optionCount)
    const sum = sums[value]!
    const weight = weights[group]!
    for (let position = starts[group]!; position < starts[group + 1]!; position += 2) {
      sum[entries[position]!]! += weight * entries[position + 1]!
    }
  }
  return Array.from({ length: optionCount }, (_, option) =>
    sums.reduce((total, sum, value) => plus(total, times(values[value]!, fraction(sum[option] ?? 0))), zero),
  )
}

/** Lets the supporters of an option pay, those of one value and score alike. */
function pay(
  groups: BallotGroups,
  weights: BallotValues,
  elected: OptionIndex,
  keep: (
    supporters: readonly { readonly value: Fraction; readonly score: number; readonly units: number }[],
  ) => readonly Fraction[],
): void {
  const { starts, entries, weights: units, count } = groups
  /** The score of each group for the elected; 0 is no support. */
  const scores = new Uint16Array(count)
  const kinds = new Map<number, { readonly value: Fraction; readonly score: number; units: number }>()
  const kindOf = (group: number) => weights.of[group]! * (maxScore + 1) + scores[group]!
  for (let group = 0; group < count; group++) {
    for (let position = starts[group]!; position < starts[group + 1]!; position += 2) {
      if (entries[position] === elected) scores[group] = entries[position + 1]!
    }
    const score = scores[group]!
    if (score === 0) continue
    const kind = kinds.get(kindOf(group))
    if (kind) kind.units += units[group]!
    else kinds.set(kindOf(group), { value: weights.values[weights.of[group]!]!, score, units: units[group]! })
  }
  const supporters = [...kinds].sort(
    ([, a], [, b]) => compareFractions(b.value, a.value) || b.score - a.score,
  )
  const kept = keep(supporters.map(([, kind]) => kind))
  const numbers = new Map(supporters.map(([kind], position) => [kind, weights.numberOf(kept[position]!)]))
  for (let group = 0; group < count; group++) {
    if (scores[group]! > 0) weights.of[group] = numbers.get(kindOf(group))!
  }
}
