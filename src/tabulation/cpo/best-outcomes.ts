import { rankByPaths } from '../condorcet/beatpaths.ts'
import { rankedByFigure } from '../condorcet/compared-tabulation.ts'
import { compareFractions, type Fraction, minus, over, plus, zero } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import { type PairCount, type PairVotes, pairVotes } from './pair-votes.ts'

/** A set of options that could fill all seats; ascending. */
export type Outcome = readonly OptionIndex[]

/** How the best is found where no outcome wins against every other. */
export interface Completion {
  readonly completion: 'schulze' | 'minimax'
  readonly strength: OutcomeStrength
}

export interface ComparedOutcomes {
  readonly outcomes: readonly Outcome[]
  /** Numbers of outcomes: best first, equals together. */
  readonly ranking: readonly (readonly number[])[]
  /** `votes[a][b]`: what outcome a has when it is compared with b; 0 for a with itself. */
  readonly votes: readonly (readonly Fraction[])[]
}

/** Compares every outcome with every other and ranks them. */
export function compareOutcomes(
  count: PairCount,
  outcomes: readonly Outcome[],
  completion: Completion,
): ComparedOutcomes {
  const votes = outcomes.map(() => outcomes.map(() => zero))
  // Pairs that differ only in who of the same options stands where have the same votes.
  const counted = new Map<string, PairVotes>()
  for (const [a, outcome] of outcomes.entries()) {
    for (let b = 0; b < a; b++) {
      const other = outcomes[b]!
      const { inEither, inBoth } = optionsOfPair(outcome, other)
      const key = `${inEither}|${inBoth}`
      const pair = counted.get(key) ?? pairVotes(count, inEither, inBoth)
      counted.set(key, pair)
      votes[a]![b] = total(pair.final, outcome)
      votes[b]![a] = total(pair.final, other)
    }
  }
  return { outcomes, votes, ranking: rankOutcomes(votes, completion) }
}

/** Both ascending. */
export function optionsOfPair(
  outcome: Outcome,
  other: Outcome,
): { readonly inEither: OptionIndex[]; readonly inBoth: OptionIndex[] } {
  return {
    inEither: [...new Set([...outcome, ...other])].sort((a, b) => a - b),
    inBoth: outcome.filter((option) => other.includes(option)),
  }
}

function total(votes: readonly Fraction[], outcome: Outcome): Fraction {
  return outcome.reduce((sum, option) => plus(sum, votes[option]!), zero)
}

/** How strong a win of one outcome over another is. */
type OutcomeStrength = 'winning votes' | 'margins' | 'ratio'

/** A win of one outcome over another. */
interface Win {
  readonly winner: number
  readonly loser: number
  readonly strength: Fraction
  /** By ratio a win against no votes at all is stronger than any other. */
  readonly isUnopposed: boolean
}

const strengths: Readonly<Record<OutcomeStrength, (votesFor: Fraction, against: Fraction) => Fraction>> = {
  'winning votes': (votesFor) => votesFor,
  margins: minus,
  ratio: (votesFor, against) => (against.top === 0n ? votesFor : over(votesFor, against)),
}

/** Weaker first. */
function compareWins(a: Win, b: Win): number {
  if (a.isUnopposed !== b.isUnopposed) return a.isUnopposed ? 1 : -1
  return compareFractions(a.strength, b.strength)
}

/** Only the order of strengths matters to either completion, so wins are ranked by small whole numbers. */
function rankOutcomes(
  votes: ComparedOutcomes['votes'],
  { completion, strength }: Completion,
): readonly (readonly number[])[] {
  const standing = [...votes.keys()]
  const levels = votes.map(() => new Float64Array(votes.length))
  let level = 0
  let weaker: Win | undefined
  for (const win of allWins(votes, strength).sort(compareWins)) {
    if (!weaker || compareWins(weaker, win) !== 0) level++
    weaker = win
    levels[win.winner]![win.loser] = level
  }
  switch (completion) {
    case 'schulze':
      return rankByPaths({ standing, votes: levels, places: 0 }, 'winning votes').ranking
    case 'minimax':
      return rankedByFigure(standing, (a) => Math.max(...standing.map((b) => levels[b]![a]!)), 'lowest')
  }
}

function allWins(votes: ComparedOutcomes['votes'], measure: OutcomeStrength): Win[] {
  const wins: Win[] = []
  for (const [winner, row] of votes.entries()) {
    for (const [loser, votesFor] of row.entries()) {
      const against = votes[loser]![winner]!
      if (compareFractions(votesFor, against) <= 0) continue
      const isUnopposed = measure === 'ratio' && against.top === 0n
      wins.push({ winner, loser, strength: strengths[measure](votesFor, against), isUnopposed })
    }
  }
  return wins
}
