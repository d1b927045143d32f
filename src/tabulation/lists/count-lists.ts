import { singleRoundTabulation, standing } from '../methods/single-round.ts'
import { rankedByVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { outcomeOf } from '../outcome.ts'
import { nameList, openTieSentence, settledTieSentence } from '../sentences.ts'
import type { OptionStatus, Outcome, Tabulation, TabulationInput, Working } from '../tabulation.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import { type Allotment, type ContendingList, type ListTies, seatCounts } from './allotment.ts'
import { seatCandidates } from './list-candidates.ts'
import type { ListRules } from './list-rules.ts'
import { type ListTally, tallyLists } from './list-tally.ts'
import { listsOverThreshold } from './list-thresholds.ts'

/** What a method makes of the votes of the lists. */
interface ListMethod {
  /** Votes are in units of 10^-`places`. */
  readonly allot: (lists: readonly ContendingList[], places: number, ties: ListTies) => Allotment
  /** For people to follow; of all lists over the threshold. */
  readonly workings: (lists: readonly ContendingList[], places: number, allotment: Allotment) => Working[]
}

/**
 * Counts party lists: votes of the lists, thresholds, the allotment of seats by a method, and the candidates
 * who take them. While it is open which list receives a seat, no candidates are seated.
 */
export function countLists(
  method: string,
  input: TabulationInput<ListRules>,
  { allot, workings }: ListMethod,
): Tabulation {
  const { options, seats, rules, tieBreaks } = input
  const ties = { method, chain: rules.ties, breaks: tieBreaks }
  const tally = tallyLists(input)
  const lists = listsOverThreshold(tally, rules, input)
  const allotment = allot(lists, tally.marks.places, ties)
  const { awards } = allotment
  const {
    seated,
    ties: candidateTies,
    open,
  } = allotment.open
    ? { seated: awards, ties: [], open: allotment.open }
    : seatCandidates({ tally, rules, seats, awards, ties })
  const allTies = [...allotment.ties, ...candidateTies]
  const seatsWon = seatCounts(awards, options.length)
  const tabulation = singleRoundTabulation({
    method,
    input,
    tally: { ...tally.marks, votes: votesShown(tally) },
    elected: seated,
    outcome: outcomeOf(open),
    ties: allTies,
    sentence: sentenceFor({
      options,
      seats,
      seatsWon,
      below: belowThreshold(tally, lists),
      ties: allTies,
      open,
    }),
  })
  return {
    ...tabulation,
    statuses: tabulation.statuses.map((status, option) =>
      withSeats(status, option, seatsWon, tabulation.outcome),
    ),
    ranking: rankedByVotes(standing(input), votesShown(tally)),
    seatsWon,
    workings: workings(lists, tally.marks.places, allotment),
  }
}

/** The votes of lists, and the marks of candidates. */
function votesShown({ lists, marks, listVotes }: ListTally): readonly bigint[] {
  const isList = new Set(lists.map(({ option }) => option))
  return marks.votes.map((number, option) => (isList.has(option) ? listVotes[option]! : number))
}

/** A list with seats is elected, also where its candidates take them. */
function withSeats(
  status: OptionStatus,
  option: OptionIndex,
  seatsWon: readonly number[],
  outcome: Outcome,
): OptionStatus {
  if (seatsWon[option]! > 0) return { kind: 'elected', round: 1 }
  return outcome.kind === 'tied' && outcome.tie.among.includes(option) ? { kind: 'open' } : status
}

function belowThreshold({ lists, listVotes }: ListTally, over: readonly ContendingList[]): OptionIndex[] {
  const isOver = new Set(over.map(({ option }) => option))
  return lists.map(({ option }) => option).filter((option) => !isOver.has(option) && listVotes[option]! > 0n)
}

function sentenceFor(result: {
  readonly options: readonly string[]
  readonly seats: number
  readonly seatsWon: readonly number[]
  readonly below: readonly OptionIndex[]
  readonly ties: readonly Tie[]
  readonly open: TieQuestion | undefined
}): string {
  const { options, seats, seatsWon, below, ties, open } = result
  const winners = [...seatsWon.keys()].filter((option) => seatsWon[option]! > 0)
  const given = seatsWon.reduce((sum, won) => sum + won, 0)
  const won = nameList(winners.map((option) => `${options[option]} ${seatsWon[option]}`))
  const isOrAre = below.length === 1 ? 'is' : 'are'
  const sentences = [
    winners.length === 0 ? 'No list receives a seat.' : `Seats: ${won}.`,
    ...(below.length === 0
      ? []
      : [`${nameList(below.map((option) => options[option]!))} ${isOrAre} below the threshold.`]),
    ...ties.filter(({ chosen }) => chosen).map((tie) => settledTieSentence(tie, options)),
    ...(open ? [openTieSentence(open, options)] : []),
    ...(!open && given < seats ? [`${seats - given} of ${seats} seats stay vacant.`] : []),
  ]
  return sentences.join(' ')
}
