import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { formatDecimal } from '../decimal.ts'
import { standing, statusOf } from '../methods/single-round.ts'
import type { OptionIndex } from '../option-index.ts'
import { outcomeOf } from '../outcome.ts'
import { comparePairs, type PairwiseVotes, type UnrankedOptions } from '../pairwise.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, nameList, openTieSentence, settledTieSentence } from '../sentences.ts'
import type { Statistics, Tabulation, TabulationInput, Working } from '../tabulation.ts'
import { settleTie } from '../tie-breaking.ts'
import type { Tie, TieQuestion, TieRule } from '../ties.ts'
import { condorcetLoser, condorcetWinner, schwartzSet, smithSet } from './top-sets.ts'

/** What an option that a ballot doesn't rank is: the first of the decisions that change pairwise counts. */
export const unrankedRule = z.enum(['last', 'not compared'])

/** What every method that compares in pairs is ruled by. */
export interface ComparingRules {
  readonly unranked: UnrankedOptions
  readonly ties: readonly TieRule[]
}

/** The options of a count that compares in pairs, and how many prefer which. */
export interface Comparison {
  readonly standing: readonly OptionIndex[]
  readonly votes: PairwiseVotes
  /** Decimal places of the votes. */
  readonly places: number
}

export function compareOptions(input: TabulationInput<ComparingRules>): Comparison {
  const groups = input.ballots as BallotGroups
  const options = standing(input)
  return {
    standing: options,
    votes: comparePairs(groups, options, input.rules.unranked),
    places: groups.weightPlaces,
  }
}

/**
 * The tabulation of a method that compares in pairs and ranks the options. The seats are filled from the top;
 * equals of whom only some find a seat are tied.
 */
export function comparedTabulation(result: {
  readonly method: string
  readonly input: TabulationInput<ComparingRules>
  readonly comparison: Comparison
  readonly ranking: readonly (readonly OptionIndex[])[]
  /** How the method came to its order, before the order is told. */
  readonly sentence: string
  readonly workings: readonly Working[]
  readonly strengths?: readonly (readonly string[])[]
  /** Ties that the ranking met; if the last is open there is nobody to elect. */
  readonly tiesBefore?: readonly Tie[]
  readonly openBefore?: TieQuestion
  /** An option that takes no seat, nor does any below it: seats that are left then stay vacant. */
  readonly seatless?: OptionIndex
}): Tabulation {
  const { method, input, comparison, ranking, sentence, workings, strengths, tiesBefore = [] } = result
  const { options, seats } = input
  const { votes, places } = comparison
  const filled = result.openBefore
    ? { elected: [], ties: [], open: result.openBefore }
    : fillSeats(method, placesWithSeats(ranking, result.seatless), input)
  const { elected, open } = filled
  const ties = [...tiesBefore, ...filled.ties]
  const outcome = outcomeOf(open)
  return {
    method,
    options,
    seats,
    outcome,
    winners: elected.map((option) => ({ option, round: 1 })),
    statuses: options.map((_, option) => {
      const status = statusOf(option, input.withdrawn, elected, outcome)
      // A tie inside the ranking leaves everybody's fate open.
      return result.openBefore && status.kind === 'not elected' ? { kind: 'open' } : status
    }),
    rounds: [
      {
        number: 1,
        action: { kind: 'compare' },
        votes: [],
        exhausted: '0',
        loss: '0',
        elected,
        transfers: [],
        sentence: [
          ...ties.filter((tie) => tie.chosen).map((tie) => settledTieSentence(tie, options)),
          ranking.length > 0 ? `${sentence}, the order is: ${orderText(ranking, options)}.` : '',
          open ? openTieSentence(open, options) : '',
          electedSentence(elected, options) ?? '',
        ]
          .filter((part) => part !== '')
          .join(' '),
      },
    ],
    ties,
    statistics: comparedStatistics(input.ballots as BallotGroups),
    ...(ranking.length > 0 && { ranking }),
    pairwise: pairwiseComparison(votes, places, strengths),
    workings: [...workings, topSetsWorking(comparison, options)],
  }
}

export function comparedStatistics(groups: BallotGroups): Statistics {
  return rankedStatistics(groups, { uncountable: 0, exhausted: 0n, places: 0, sharedRanks: 'allowed' })
}

export function pairwiseComparison(
  votes: PairwiseVotes,
  places: number,
  strengths?: readonly (readonly string[])[],
): NonNullable<Tabulation['pairwise']> {
  return {
    votes: votes.map((row) => Array.from(row, (weight) => formatDecimal(weight, places))),
    ...(strengths && { strengths }),
  }
}

/** The ranking above an option that takes no seat. */
function placesWithSeats(
  ranking: readonly (readonly OptionIndex[])[],
  seatless: OptionIndex | undefined,
): readonly (readonly OptionIndex[])[] {
  const end = ranking.findIndex((equals) => seatless !== undefined && equals.includes(seatless))
  return end === -1 ? ranking : ranking.slice(0, end)
}

/** Takes options from the top of the ranking. */
function fillSeats(
  method: string,
  ranking: readonly (readonly OptionIndex[])[],
  { seats, rules, tieBreaks }: TabulationInput<ComparingRules>,
): { elected: OptionIndex[]; ties: Tie[]; open?: TieQuestion } {
  const elected: OptionIndex[] = []
  for (const equals of ranking) {
    const vacant = seats - elected.length
    if (vacant === 0) break
    if (equals.length <= vacant) {
      elected.push(...equals)
      continue
    }
    const { tie, open } = settleTie({
      question: { method, round: 1, to: 'elect', among: equals, choose: vacant },
      chain: rules.ties,
      breaks: tieBreaks,
      history: [],
    })
    return { elected: [...elected, ...(tie.chosen ?? [])], ties: [tie], ...(open && { open }) }
  }
  return { elected, ties: [] }
}

/** "A; B and C; D". */
export function orderText(ranking: readonly (readonly OptionIndex[])[], names: readonly string[]): string {
  return ranking.map((equals) => nameList(equals.map((option) => names[option]!))).join('; ')
}

/** Who beats everybody, whom everybody beats, and the smallest sets that nobody outside beats. */
export function topSetsWorking({ votes, standing }: Comparison, names: readonly string[]): Working {
  const named = (options: readonly (OptionIndex | undefined)[]) =>
    nameList(options.flatMap((option) => (option === undefined ? [] : [names[option]!]))) || '–'
  return {
    title: 'Wins in pairs',
    head: ['', 'options'],
    rows: [
      ['Condorcet winner', named([condorcetWinner(votes, standing)])],
      ['Condorcet loser', named([condorcetLoser(votes, standing)])],
      ['Smith set', named(smithSet(votes, standing))],
      ['Schwartz set', named(schwartzSet(votes, standing))],
    ],
  }
}

/** Options by a figure, best first, equals together. */
export function rankedByFigure<Figure extends number | bigint>(
  options: readonly OptionIndex[],
  figureOf: (option: OptionIndex) => Figure,
  best: 'highest' | 'lowest',
): OptionIndex[][] {
  const levels = Map.groupBy(options, figureOf)
  const ascending = [...levels.keys()].sort((a, b) => (a < b ? -1 : 1))
  if (best === 'highest') ascending.reverse()
  return ascending.map((figure) => levels.get(figure)!)
}

/** A decimal that may be below zero. */
export function signedDecimal(units: number | bigint, places: number): string {
  return units < 0 ? `-${formatDecimal(-units, places)}` : formatDecimal(units, places)
}
