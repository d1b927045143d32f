import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import { comparePairs, type PairwiseVotes } from '../pairwise.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, nameList, openTieSentence, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { settleTie } from '../tie-breaking.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import { standing, statusOf } from './single-round.ts'

const rules = z.strictObject({
  /** How strong a win of one option over another is. */
  strength: z.enum(['winning votes', 'margins', 'ratio']).default('winning votes'),
  /** What an option that a ballot doesn't rank is. */
  unranked: z.enum(['last', 'not compared']).default('last'),
  ties: tieRulesSchema.default(['lot']),
})

export type SchulzeRules = z.output<typeof rules>

/** Each ballot ranks options; the option that no other beats by a stronger chain of wins is elected. */
export const schulze = defineMethod({
  id: 'schulze',
  title: 'Schulze (beatpath)',
  style: 'ranking',
  takesTotals: false,
  source:
    'Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011)',
  rules,
  count: countSchulze,
})

function countSchulze(input: TabulationInput<SchulzeRules>): Tabulation {
  const { options, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const votes = comparePairs(groups, standing(input), rules.unranked)
  const wins = winsByStrength(votes, rules.strength)
  const strongest = strongestPaths(wins.levels)
  const ranking = rankByPaths(standing(input), strongest)
  const { elected, ties, open } = fillSeats(ranking, input)
  const outcome = open ? ({ kind: 'tied', tie: open } as const) : ({ kind: 'decided' } as const)
  return {
    method: 'schulze',
    options,
    seats,
    outcome,
    winners: elected.map((option) => ({ option, round: 1 })),
    statuses: options.map((_, option) => statusOf(option, input.withdrawn, elected, outcome)),
    rounds: [
      {
        number: 1,
        action: { kind: 'compare' },
        votes: [],
        exhausted: '0',
        loss: '0',
        elected,
        transfers: [],
        sentence: sentenceFor(options, ranking, elected, ties, open),
      },
    ],
    ties,
    statistics: rankedStatistics(groups, {
      uncountable: 0,
      exhausted: 0n,
      places: 0,
      sharedRanks: 'allowed',
    }),
    ranking,
    pairwise: {
      votes: votes.map((row) => Array.from(row, (weight) => formatDecimal(weight, groups.weightPlaces))),
      strengths: strongest.map((row) => Array.from(row, (level) => wins.label(level, groups.weightPlaces))),
    },
  }
}

/** A win: how many prefer the winner, and how many the loser. */
interface Win {
  readonly votesFor: number
  readonly against: number
}

/**
 * The wins of each option over each other as levels: 1 is the weakest strength that occurs, 0 is no win.
 * Only the order of strengths matters to the method, so paths are found over small whole numbers.
 */
interface WinLevels {
  readonly levels: readonly Int32Array[]
  readonly label: (level: number, places: number) => string
}

function winsByStrength(votes: PairwiseVotes, strength: SchulzeRules['strength']): WinLevels {
  const compare = strengthOrders[strength]
  const wins: (Win & { winner: OptionIndex; loser: OptionIndex })[] = []
  for (const [winner, row] of votes.entries()) {
    for (const [loser, votesFor] of row.entries()) {
      const against = votes[loser]![winner]!
      if (votesFor > against) wins.push({ winner, loser, votesFor, against })
    }
  }
  wins.sort(compare)
  const levels = votes.map(() => new Int32Array(votes.length))
  const examples: Win[] = []
  for (const win of wins) {
    const last = examples.at(-1)
    if (!last || compare(last, win) !== 0) examples.push(win)
    levels[win.winner]![win.loser] = examples.length
  }
  return {
    levels,
    label: (level, places) => (level === 0 ? '' : strengthText(examples[level - 1]!, strength, places)),
  }
}

/** Weaker first. The differences are of whole numbers below 2^53; products may pass it and are BigInt. */
const strengthOrders: Record<SchulzeRules['strength'], (a: Win, b: Win) => number> = {
  'winning votes': (a, b) => a.votesFor - b.votesFor,
  margins: (a, b) => a.votesFor - a.against - (b.votesFor - b.against),
  ratio: (a, b) => {
    // Against nobody a win is stronger than any other, and then the more votes the stronger.
    if (a.against === 0 && b.against === 0) return a.votesFor - b.votesFor
    const left = BigInt(a.votesFor) * BigInt(b.against)
    const right = BigInt(b.votesFor) * BigInt(a.against)
    return left < right ? -1 : left > right ? 1 : 0
  },
}

function strengthText(
  { votesFor, against }: Win,
  strength: SchulzeRules['strength'],
  places: number,
): string {
  switch (strength) {
    case 'winning votes':
      return formatDecimal(votesFor, places)
    case 'margins':
      return formatDecimal(votesFor - against, places)
    case 'ratio':
      return `${formatDecimal(votesFor, places)}:${formatDecimal(against, places)}`
  }
}

/** The strength of the strongest path between any two: a path is as strong as its weakest win. */
function strongestPaths(levels: readonly Int32Array[]): readonly Int32Array[] {
  const paths = levels.map((row) => row.slice())
  for (const [via, onward] of paths.entries()) {
    for (const [from, row] of paths.entries()) {
      const first = row[via]!
      if (from === via || first === 0) continue
      for (let to = 0; to < row.length; to++) {
        const through = Math.min(first, onward[to]!)
        if (to !== from && through > row[to]!) row[to] = through
      }
    }
  }
  return paths
}

/** Those that none of the others beats are ranked first and equal; then the same for the rest. */
function rankByPaths(standing: readonly OptionIndex[], paths: readonly Int32Array[]): OptionIndex[][] {
  const ranking: OptionIndex[][] = []
  for (let left = standing; left.length > 0; ) {
    const unbeaten = left.filter((option) =>
      left.every((other) => paths[other]![option]! <= paths[option]![other]!),
    )
    ranking.push(unbeaten)
    left = left.filter((option) => !unbeaten.includes(option))
  }
  return ranking
}

/** Takes options from the top of the ranking; equals of whom only some find a seat are tied. */
function fillSeats(
  ranking: readonly (readonly OptionIndex[])[],
  { seats, rules, tieBreaks }: TabulationInput<SchulzeRules>,
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
      question: { method: 'schulze', round: 1, to: 'elect', among: equals, choose: vacant },
      chain: rules.ties,
      breaks: tieBreaks,
      history: [],
    })
    return { elected: [...elected, ...(tie.chosen ?? [])], ties: [tie], ...(open && { open }) }
  }
  return { elected, ties: [] }
}

function sentenceFor(
  names: readonly string[],
  ranking: readonly (readonly OptionIndex[])[],
  elected: readonly OptionIndex[],
  ties: readonly Tie[],
  open: TieQuestion | undefined,
): string {
  const order = ranking.map((equals) => nameList(equals.map((option) => names[option]!))).join('; ')
  const tie = open
    ? openTieSentence(open, names)
    : ties.map((settled) => settledTieSentence(settled, names)).join(' ')
  const sentences = [
    `By the strongest paths, the order is: ${order}.`,
    tie,
    electedSentence(elected, names) ?? '',
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}
