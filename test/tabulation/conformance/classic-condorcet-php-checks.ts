import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import type { CorpusCase, Expectation } from '../../support/tabulation-corpus.ts'
import { condorcetOtherChecks, countRunoff } from './condorcet-other-checks.ts'

type Figures = Readonly<Record<string, number>>

const sorted = (names: readonly string[]) => [...names].sort()

function tabulate(id: string, corpusCase: CorpusCase, { options: given }: Expectation, rules: object) {
  const { options, ballots } = readCondorcet(corpusCase)
  const unranked = given?.implicit_ranking ? 'last' : 'not compared'
  return methodById(id).tabulate({
    options,
    seats: 1,
    ballots,
    rules: { ...rules, unranked, ties: [] },
    tieBreaks: {},
  })
}

/** What the expectation is about: its id is that of the method and this. */
function subjectOf({ id }: Expectation): string {
  return id.slice(id.lastIndexOf(':') + 1)
}

/** Rankings and winners, and where `figures` says how, the figures behind them. */
function ranks(id: string, rules: object = {}, figures?: (tabulation: Tabulation) => unknown): Check {
  return (corpusCase, expectation) => {
    const tabulation = tabulate(id, corpusCase, expectation, rules)
    const names = tabulation.ranking!.map((equals) =>
      sorted(equals.map((option) => tabulation.options[option]!)),
    )
    switch (subjectOf(expectation)) {
      case 'ranking':
        return sameOrDiffers(names, expectation.ranking!.map(sorted))
      case 'winner':
        return sameOrDiffers(names[0], sorted(expectation.winners as unknown as string[]))
      default:
        return sameOrDiffers(figures?.(tabulation), expectation.stats)
    }
  }
}

/** The first working of a tabulation as figures by option, under the name that the other program gives them. */
function firstWorking(name: string) {
  return ({ workings }: Tabulation) =>
    Object.fromEntries(workings![0]!.rows.map(([option, figure]) => [option!, { [name]: Number(figure) }]))
}

/** The strengths of the strongest paths; a ratio as the number that the other program shows. */
function pathStrengths({ options, pairwise }: Tabulation) {
  const number = (strength: string) => {
    const [votesFor = 0, against = 1] = strength === '' ? [] : strength.split(':').map(Number)
    return votesFor / against
  }
  const others = (row: readonly string[], option: number) =>
    options.flatMap((name, other) => (other === option ? [] : [[name, number(row[other]!)] as const]))
  return Object.fromEntries(
    options.map((name, option) => [name, Object.fromEntries(others(pairwise!.strengths![option]!, option))]),
  )
}

const sums = ({ workings }: Tabulation): Figures =>
  Object.fromEntries(workings![0]!.rows.map(([option, figure]) => [option!, Number(figure)]))

/** The test of that program counts first with the unranked last, then without them; the corpus has both as one. */
const borda: Check = (corpusCase, expectation) => {
  const { options, ballots } = readCondorcet(corpusCase)
  const isFirst = corpusCase.expectations.indexOf(expectation) < 2
  const rules = { points: 'to one', unranked: isFirst ? 'shared points' : 'nothing', ties: [] }
  const { ranking, rounds } = methodById('borda').tabulate({
    options,
    seats: 1,
    ballots,
    rules,
    tieBreaks: {},
  })
  if (subjectOf(expectation) === 'ranking') {
    const names = ranking!.map((equals) => sorted(equals.map((option) => options[option]!)))
    return sameOrDiffers(names, expectation.ranking!.map(sorted))
  }
  const points = options.map((name, option) => [name, Number(rounds[0]!.votes[option])])
  return sameOrDiffers(Object.fromEntries(points), expectation.stats)
}

/** The other program takes any of several best orders; urna ranks all that can be first together. */
const kemeny: Check = (corpusCase, expectation) => {
  const { ranking, options } = tabulate('kemeny', corpusCase, expectation, {})
  const winners = expectation.winners as unknown as string[]
  const first = ranking![0]!.map((option) => options[option]!)
  return sameOrDiffers(
    first.filter((name) => winners.includes(name)),
    winners,
  )
}

/** Only who is first: the other program goes on to rank the others. */
const instantRunoff: Check = (corpusCase, expectation) => {
  const { options, winners, outcome } = countRunoff(corpusCase, expectation)
  const first = outcome.kind === 'tied' ? outcome.tie.among : winners.map(({ option }) => option)
  return sameOrDiffers(sorted(first.map((option) => options[option]!)), sorted(expectation.ranking![0]!))
}

/** Rankings and figures are two expectations; urna's check takes them together. */
function together(check: Check): Check {
  return (corpusCase, expectation): Verdict => {
    const { method } = expectation
    const all = corpusCase.expectations.filter((other) => other.method === method)
    const found = <Key extends 'ranking' | 'stats'>(key: Key) => all.find((other) => other[key])?.[key]
    const [ranking, stats] = [found('ranking'), found('stats')]
    return check(corpusCase, { ...expectation, ...(ranking && { ranking }), ...(stats && { stats }) })
  }
}

const smithSet: Check = (corpusCase, expectation) => {
  const { workings } = tabulate('schulze', corpusCase, expectation, {})
  const { ranking_string: ranking } = expectation as unknown as { ranking_string: string }
  const set = workings!.at(-1)!.rows.find(([name]) => name === 'Smith set')![1]
  return sameOrDiffers(set, ranking.split(' > ')[0]!.replaceAll(' = ', ' and '))
}

/** By the method of Condorcet PHP. */
export const classicCondorcetPhpChecks: Checks = {
  'Borda Count': borda,
  Copeland: ranks('copeland'),
  DodgsonQuick: ranks('dodgson-quick', {}, sums),
  DodgsonTideman: ranks('dodgson-quick', { approximation: 'tideman' }, firstWorking('sum_defeat_margin')),
  Fptp: together(condorcetOtherChecks['First-past-the-post voting']!),
  InstantRunoff: instantRunoff,
  KemenyYoung: kemeny,
  'Minimax Winning': ranks('minimax', {}, firstWorking('worst_pairwise_defeat_winning')),
  'Minimax Margin': ranks('minimax', { measure: 'margins' }, firstWorking('worst_pairwise_defeat_margin')),
  'Minimax Opposition': ranks(
    'minimax',
    { measure: 'opposition' },
    firstWorking('worst_pairwise_opposition'),
  ),
  'Ranked Pairs Winning': ranks('ranked-pairs', { equalWins: 'left out' }),
  'Schulze Winning': ranks('schulze', {}, pathStrengths),
  'Schulze Margin': ranks('schulze', { strength: 'margins' }, pathStrengths),
  'Schulze Ratio': ranks('schulze', { strength: 'ratio' }, pathStrengths),
  Smith: smithSet,
}
