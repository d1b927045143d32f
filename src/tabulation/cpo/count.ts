import type { BallotGroups } from '../ballot-groups.ts'
import { chooseCommittee } from '../committees/choose-committee.ts'
import { inAscendingOrder } from '../committees/committee-count.ts'
import { electAll } from '../committees/thiele-count.ts'
import { formatDecimal } from '../decimal.ts'
import {
  compareFractions,
  cutFraction,
  type Fraction,
  fraction,
  over,
  shownPlaces,
} from '../exact-fraction.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { countedWeight, rankedStatistics } from '../ranked-statistics.ts'
import { TabulationRefusal } from '../refusals.ts'
import { SeatRecord } from '../seat-record.ts'
import { electedSentence, nameList } from '../sentences.ts'
import { quotaRules } from '../stv/quotas.ts'
import type { Tabulation, TabulationInput, Working } from '../tabulation.ts'
import type { TieRule } from '../ties.ts'
import {
  type ComparedOutcomes,
  type Completion,
  compareOutcomes,
  type Outcome,
  optionsOfPair,
} from './best-outcomes.ts'
import { type PairCount, pairVotes, type SurplusTransfers } from './pair-votes.ts'
import { type StrictReading, strictOrders } from './strict-orders.ts'

export const cpoQuotas = ['exact droop', 'droop in whole votes', 'exact hare', 'hare in whole votes'] as const

interface CpoRules extends Completion, StrictReading {
  readonly quota: (typeof cpoQuotas)[number]
  readonly firstPreferences: 'a quota elects' | 'elect nobody'
  readonly surpluses: SurplusTransfers
  readonly ties: readonly TieRule[]
}

/** All outcomes of 5 seats among 10 options, and what takes some seconds to compare. */
const mostOutcomes = 252
const mostReadings = 1e8

/** How many comparisons of the best outcomes are written down. */
const mostShown = 100

export function countCpo(method: string, input: TabulationInput<CpoRules>): Tabulation {
  const { options: names, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const record = new SeatRecord(method, input)
  const standing = record.continuing()
  const orders = strictOrders(groups, rules, standing.length)
  const valid = countedWeight(orders)
  const statistics = rankedStatistics(groups, {
    uncountable: countedWeight(groups) - valid,
    exhausted: 0n,
    places: 0,
    sharedRanks: 'overvotes',
  })
  const firsts = firstPreferences(orders)
  const votes = firsts.map((weight) => formatDecimal(weight, groups.weightPlaces))
  if (standing.length <= seats) return electAll(record, standing, votes, names, statistics)

  const { quota, isReached } = quotaOf(input, orders, valid)
  const sure =
    rules.firstPreferences === 'elect nobody' ? [] : standing.filter((option) => isReached(firsts[option]!))
  const byVotes = (options: readonly OptionIndex[]) => inOrderOfVotes(options, firsts.map(BigInt))
  const one = fraction(10n ** BigInt(groups.weightPlaces))
  const inVotes = (units: Fraction) => cutFraction(over(units, one))
  record.finishRound({
    action: { kind: 'count' },
    votes,
    quota: inVotes(quota),
    elected: byVotes(sure),
    sentence: `First preferences are counted; the quota is ${inVotes(quota)}. ${electedSentence(byVotes(sure), names) ?? 'Nobody is elected yet.'}`,
    ...(input.trace !== undefined && { traced: tracedFirst(orders, input.trace) }),
  })
  if (sure.length === seats) return record.finish(statistics, { committees: [sure] })

  const outcomes = outcomesWith(sure, record.continuing(), seats, orders.count)
  const count: PairCount = { orders, quota, surpluses: rules.surpluses }
  const compared = compareOutcomes(count, outcomes, rules)
  const committees = inAscendingOrder(compared.ranking[0]!.map((outcome) => outcomes[outcome]!))
  const { elected, ties, open } = chooseCommittee(record, committees, names)
  const electedNow = byVotes(elected.filter((option) => !sure.includes(option)))
  record.finishRound({
    action: { kind: 'compare' },
    votes: [],
    elected: electedNow,
    sentence: [
      `${outcomes.length} outcomes are compared, each with each.`,
      committees.length === 1 ? foundSentence(compared) : `${committees.length} of them are equally good.`,
      ...ties,
      electedSentence(electedNow, names) ?? 'Nobody is elected in this round.',
    ].join(' '),
  })
  return record.finish(statistics, {
    committees,
    workings: [comparisonTable(compared, names, inVotes), closestPair(compared, count, names, inVotes)],
    ...(open && { open, stillOpen: open.among }),
  })
}

function foundSentence({ ranking, votes }: ComparedOutcomes): string {
  const best = ranking[0]![0]!
  const wins = votes.every(
    (row, other) => other === best || compareFractions(votes[best]![other]!, row[best]!) > 0,
  )
  return wins
    ? 'One wins against every other.'
    : 'None wins against every other; by the completion one is best.'
}

/** In units of the ballots, by position of the option. */
function firstPreferences({ starts, entries, weights, count, optionCount }: BallotGroups): number[] {
  // Sums of weights stay below 2^53.
  const votes = Array<number>(optionCount).fill(0)
  for (let group = 0; group < count; group++) {
    if (starts[group] !== starts[group + 1]) votes[entries[starts[group]!]!]! += weights[group]!
  }
  return votes
}

function tracedFirst({ starts, entries }: BallotGroups, group: number) {
  return starts[group] === starts[group + 1] ? [] : [{ option: entries[starts[group]!]!, votes: '1' }]
}

/** In units of the ballots. No more options than seats can reach any of these quotas. */
function quotaOf(
  { seats, rules }: TabulationInput<CpoRules>,
  { weightPlaces }: BallotGroups,
  valid: number,
): { readonly quota: Fraction; readonly isReached: (weight: number) => boolean } {
  const rule = quotaRules[rules.quota]
  const divisor = BigInt(rule.divisor(seats))
  const one = 10n ** BigInt(weightPlaces) * divisor
  const quota = rule.votes({ valid: BigInt(valid) * divisor, seats, one, lastPlace: 1n })
  return {
    quota: fraction(quota, divisor),
    isReached: (weight) => {
      const votes = BigInt(weight) * divisor
      return weight > 0 && (rule.reachedWith === 'more' ? votes > quota : votes >= quota)
    },
  }
}

/**
 * Every way to fill the seats, in ascending order.
 * @param sure in all of them
 * @throws TabulationRefusal `too-large`
 */
function outcomesWith(
  sure: readonly OptionIndex[],
  others: readonly OptionIndex[],
  seats: number,
  ballots: number,
): Outcome[] {
  const vacant = seats - sure.length
  const size = combinations(others.length, vacant)
  if (size > mostOutcomes || (size * (size - 1) * ballots) / 2 > mostReadings) {
    throw new TabulationRefusal(
      'too-large',
      `There are ${size > mostOutcomes ? `more than ${mostOutcomes}` : size} ways to fill ${vacant} seats with ${others.length} options, which are too many to compare each with each on ${ballots} different ballots; another method of STV can count this.`,
      { options: others.length, seats: vacant, most: mostOutcomes, ballots },
    )
  }
  const outcomes: Outcome[] = []
  const extend = (chosen: readonly OptionIndex[], from: number): void => {
    if (chosen.length === vacant) outcomes.push([...sure, ...chosen].sort((a, b) => a - b))
    else for (let next = from; next < others.length; next++) extend([...chosen, others[next]!], next + 1)
  }
  extend([], 0)
  return inAscendingOrder(outcomes)
}

/** How many ways there are to choose so many; more than `mostOutcomes` only says that there are more. */
function combinations(among: number, chosen: number): number {
  let ways = 1
  for (let step = 1; step <= Math.min(chosen, among - chosen) && ways <= mostOutcomes; step++) {
    ways = (ways * (among - step + 1)) / step
  }
  return ways
}

function comparisonTable(
  { outcomes, ranking, votes }: ComparedOutcomes,
  names: readonly string[],
  inVotes: (units: Fraction) => string,
): Working {
  const inOrder = ranking.flat()
  const rows = ranking[0]!.flatMap((best) =>
    inOrder
      .filter((other) => other !== best)
      .map((other) => [
        outcomeText(outcomes[best]!, names),
        inVotes(votes[best]![other]!),
        inVotes(votes[other]![best]!),
        outcomeText(outcomes[other]!, names),
      ]),
  )
  const shown = rows.length > mostShown ? `, the first ${mostShown} of ${rows.length}` : ''
  return {
    title: `The best of ${outcomes.length} outcomes compared with the others${shown}; votes are cut to ${shownPlaces} places`,
    head: ['Best outcome', 'Its votes', 'Votes of the other', 'Other outcome'],
    rows: rows.slice(0, mostShown),
  }
}

/** How the first comparison of the table comes about. */
function closestPair(
  { outcomes, ranking }: ComparedOutcomes,
  count: PairCount,
  names: readonly string[],
  inVotes: (units: Fraction) => string,
): Working {
  const [best, other] = ranking.flat().map((outcome) => outcomes[outcome]!)
  const { inEither, inBoth } = optionsOfPair(best!, other!)
  const { first, final } = pairVotes(count, inEither, inBoth)
  return {
    title: `Votes in the comparison of ${outcomeText(best!, names)} with ${outcomeText(other!, names)}, cut to ${shownPlaces} places`,
    head: ['Option', 'Without the options in neither', 'After the surpluses of those in both'],
    rows: inEither.map((option) => [names[option]!, inVotes(first[option]!), inVotes(final[option]!)]),
  }
}

function outcomeText(outcome: Outcome, names: readonly string[]): string {
  return nameList(outcome.map((option) => names[option]!))
}
