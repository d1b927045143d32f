import { rankByPaths } from '../condorcet/beatpaths.ts'
import { rankedByFigure } from '../condorcet/compared-tabulation.ts'
import type { WinStrength } from '../condorcet/wins.ts'
import { compareFractions, type Fraction, minus, plus, times, zero } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import { type PairCount, type PairVotes, pairVotes } from './pair-votes.ts'

/** A set of options that could fill all seats; ascending. */
export type Outcome = readonly OptionIndex[]

/** How the best is found where no outcome wins against every other. */
export interface Completion {
  readonly completion: 'schulze' | 'minimax'
  readonly strength: WinStrength
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

/** A win of one outcome over another. */
interface Win {
  readonly winner: number
  readonly loser: number
  readonly votesFor: Fraction
  readonly against: Fraction
}

/** Weaker first; as `compareStrength` of wins between options, in fractions. */
const compareWins: Readonly<Record<WinStrength, (a: Win, b: Win) => number>> = {
  'winning votes': (a, b) => compareFractions(a.votesFor, b.votesFor),
  margins: (a, b) => compareFractions(minus(a.votesFor, a.against), minus(b.votesFor, b.against)),
  ratio: (a, b) =>
    a.against.top === 0n && b.against.top === 0n
      ? compareFractions(a.votesFor, b.votesFor)
      : compareFractions(times(a.votesFor, b.against), times(b.votesFor, a.against)),
}

/** Only the order of strengths matters to either completion, so wins are ranked by small whole numbers. */
function rankOutcomes(
  votes: ComparedOutcomes['votes'],
  { completion, strength }: Completion,
): readonly (readonly number[])[] {
  const standing = [...votes.keys()]
  const levels = votes.map(() => new Float64Array(votes.length))
  const compare = compareWins[strength]
  let level = 0
  let weaker: Win | undefined
  for (const win of allWins(votes).sort(compare)) {
    if (!weaker || compare(weaker, win) !== 0) level++
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

function allWins(votes: ComparedOutcomes['votes']): Win[] {
  const wins: Win[] = []
  for (const [winner, row] of votes.entries()) {
    for (const [loser, votesFor] of row.entries()) {
      const against = votes[loser]![winner]!
      if (compareFractions(votesFor, against) > 0) wins.push({ winner, loser, votesFor, against })
    }
  }
  return wins
}
