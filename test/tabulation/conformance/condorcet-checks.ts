import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { type CondorcetBallots, readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import type { Checks } from '../../support/conformance-checks.ts'
import type { Expectation } from '../../support/tabulation-corpus.ts'

type Checker = (election: CondorcetBallots, expectation: Expectation) => Verdict

/** How the other program's options are read. */
function unranked({ options }: Expectation): 'last' | 'not compared' {
  return options?.implicit_ranking ? 'last' : 'not compared'
}

function tabulate(id: string, { options, ballots }: CondorcetBallots, rules: object): Tabulation {
  return methodById(id).tabulate({ options, seats: 1, ballots, rules: { ties: [], ...rules }, tieBreaks: {} })
}

/** Compares the whole ranking, equals together. */
function ranks(id: string, rules: object = {}): Checker {
  return (election, expectation) =>
    sameOrDiffers(
      rankingByName(tabulate(id, election, { ...rules, unranked: unranked(expectation) })),
      sortedRanks(expectation.ranking!),
    )
}

/** Compares the ranking, and for each option the figure that the other program shows with the name. */
function ranksByFigure(
  id: string,
  rules: object,
  figure: string,
  figureOf: (tabulation: Tabulation, row: readonly string[]) => number,
): Checker {
  return (election, expectation) => {
    const tabulation = tabulate(id, election, { ...rules, unranked: unranked(expectation) })
    const stats = expectation.stats as unknown as Record<string, Record<string, number>>
    const figures = (tabulation.workings![0]!.rows ?? []).map((row) => [row[0]!, figureOf(tabulation, row)])
    return sameOrDiffers(
      { ranking: rankingByName(tabulation), figures: Object.fromEntries(figures) },
      {
        ranking: sortedRanks(expectation.ranking!),
        figures: Object.fromEntries(Object.entries(stats).map(([name, shown]) => [name, shown[figure]!])),
      },
    )
  }
}

const worst = (_: Tabulation, row: readonly string[]) => Number(row[1])

/** The other program takes any of several best orders; it has to be one that agrees with as many preferences. */
const isBestOrder: Checker = (election, expectation) => {
  const { pairwise, workings } = tabulate('kemeny', election, { unranked: unranked(expectation) })
  const order = expectation.ranking!.map(([name]) => election.options.indexOf(name!))
  let agree = 0
  for (const [place, option] of order.entries()) {
    for (const other of order.slice(place + 1)) agree += Number(pairwise!.votes[option]![other])
  }
  return sameOrDiffers(
    [agree, order.toSorted((a, b) => a - b)],
    [Number(workings![0]!.rows[0]![1]), [...election.options.keys()]],
  )
}

const pairs: Checker = (election, expectation) => {
  const { options, pairwise } = tabulate('schulze', election, { unranked: unranked(expectation) })
  const wins = (expectation as unknown as { wins: Record<string, Record<string, number>> }).wins
  const expected = options.map((name) => options.map((other) => (name === other ? 0 : wins[name]![other]!)))
  return sameOrDiffers(
    pairwise!.votes.map((row) => row.map(Number)),
    expected,
  )
}

const winnerAndLoser: Checker = (election, expectation) => {
  const { workings } = tabulate('schulze', election, { unranked: unranked(expectation) })
  const { condorcet_winner, condorcet_loser } = expectation as unknown as Record<string, string | null>
  return sameOrDiffers(workings!.at(-1)!.rows.slice(0, 2), [
    ['Condorcet winner', condorcet_winner ?? '–'],
    ['Condorcet loser', condorcet_loser ?? '–'],
  ])
}

const checkers: Readonly<Record<string, Checker>> = {
  'pairwise-matrix': pairs,
  'condorcet-winner-loser': winnerAndLoser,
  'Schulze Winning': ranks('schulze'),
  'Schulze Margin': ranks('schulze', { strength: 'margins' }),
  'Schulze Ratio': ranks('schulze', { strength: 'ratio' }),
  'Ranked Pairs Winning': ranks('ranked-pairs', { equalWins: 'left out' }),
  'Ranked Pairs Margin': ranks('ranked-pairs', { strength: 'margins', equalWins: 'left out' }),
  'Minimax Winning': ranksByFigure('minimax', {}, 'worst_pairwise_defeat_winning', worst),
  'Minimax Margin': ranksByFigure('minimax', { measure: 'margins' }, 'worst_pairwise_defeat_margin', worst),
  'Minimax Opposition': ranksByFigure(
    'minimax',
    { measure: 'opposition' },
    'worst_pairwise_opposition',
    worst,
  ),
  Copeland: ranksByFigure('copeland', {}, 'balance', (_, row) => Number(row[1]) - Number(row[3])),
  'Kemeny–Young': isBestOrder,
  'Dodgson Quick': ranks('dodgson-quick'),
  'Dodgson Tideman Approximation': ranks('dodgson-quick', { approximation: 'tideman' }),
}

/** By the method of the other program. */
export const condorcetChecks: Checks = Object.fromEntries(
  Object.entries(checkers).map(([method, check]) => [
    method,
    (corpusCase, expectation) => check(readCondorcet(corpusCase), expectation),
  ]),
)

function rankingByName({ options, ranking }: Tabulation): string[][] {
  return sortedRanks(ranking!.map((equals) => equals.map((option) => options[option]!)))
}

function sortedRanks(ranking: readonly (readonly string[])[]): string[][] {
  return ranking.map((equals) => [...equals].sort())
}
