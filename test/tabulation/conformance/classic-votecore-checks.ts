import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rankingGroups, selectionGroups } from '../../../src/tabulation/ballot-grouping.ts'
import { packRanking } from '../../../src/tabulation/ballot-groups.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import type { CorpusCase, Expectation } from '../../support/tabulation-corpus.ts'

interface Ballot {
  readonly count: number
  /** Ranks, an order, one name, or a rank for each name. */
  readonly ballot: readonly (readonly string[] | string)[] | string | Readonly<Record<string, number>>
}

/** What the expectation says: the whole output of the program, or the part that its id names. */
interface Output {
  readonly candidates?: { readonly set: readonly string[] }
  readonly pairs?: Readonly<Record<string, number>>
  readonly winner?: string
  readonly order?: readonly string[]
  readonly tallies?: Readonly<Record<string, number>>
  readonly rounds?: readonly { readonly tallies?: Readonly<Record<string, number>> }[]
}

function readBallots<Content>({ folder, ballots }: CorpusCase): Content {
  return JSON.parse(readFileSync(join(folder, ballots[0]!.file), 'utf8'))
}

function contentOf(expectation: Expectation): unknown {
  return (expectation as unknown as { value: unknown }).value
}

function ranksOf({ ballot }: Ballot): readonly (readonly string[])[] {
  if (typeof ballot === 'string') return [[ballot]]
  if (Array.isArray(ballot)) return ballot.map((rank) => (typeof rank === 'string' ? [rank] : rank))
  const byRank = Map.groupBy(Object.entries(ballot), ([, rank]) => rank)
  return [...byRank.keys()].sort((a, b) => a - b).map((rank) => byRank.get(rank)!.map(([name]) => name))
}

function namesOf(ballots: readonly Ballot[]): string[] {
  return [...new Set(ballots.flatMap((ballot) => ranksOf(ballot).flat()))].sort()
}

function rankingsOf(ballots: readonly Ballot[]) {
  const options = namesOf(ballots)
  const grouping = rankingGroups(options.length)
  for (const ballot of ballots) {
    const ranks = ranksOf(ballot).map((rank) => rank.map((name) => options.indexOf(name)))
    grouping.add(packRanking(ranks), ballot.count)
  }
  return { options, ballots: grouping.finish() }
}

function countRankings(id: string, corpusCase: CorpusCase): Tabulation {
  const { options, ballots } = rankingsOf(readBallots<readonly Ballot[]>(corpusCase))
  return methodById(id).tabulate({ options, seats: 1, ballots, rules: {}, tieBreaks: {} })
}

const elected = ({ winners, options }: Tabulation) => winners.map(({ option }) => options[option])

/** Who wins, and how many prefer whom. */
function comparesInPairs(id: string): Check {
  return (corpusCase, expectation) => {
    const tabulation = countRankings(id, corpusCase)
    const { options, pairwise } = tabulation
    const expected = contentOf(expectation) as Output
    const pairs = Object.keys(expected.pairs!).map((pair) => {
      const [a, b] = pair.split(' vs ').map((name) => options.indexOf(name))
      return [pair, Number(pairwise!.votes[a!]![b!])]
    })
    return sameOrDiffers(
      { pairs: Object.fromEntries(pairs), winner: elected(tabulation) },
      { pairs: expected.pairs, winner: [expected.winner] },
    )
  }
}

const instantRunoff: Check = (corpusCase, expectation) => {
  const tabulation = countRankings('irv', corpusCase)
  const expected = contentOf(expectation) as Output
  const votes = tabulation.rounds.map(({ votes }) =>
    Object.fromEntries(tabulation.options.map((name, option) => [name, Number(votes[option])])),
  )
  return sameOrDiffers(
    [votes, elected(tabulation)],
    [expected.rounds!.map(({ tallies }) => tallies), [expected.winner]],
  )
}

const plurality: Check = (corpusCase, expectation) => {
  if (expectation.id.includes('tie_breaker')) {
    return { kind: 'skipped', why: 'how long a random order of that program is' }
  }
  const ballots = readBallots<readonly Ballot[]>(corpusCase)
  const options = namesOf(ballots)
  const grouping = selectionGroups(options.length)
  for (const ballot of ballots) {
    grouping.add(
      ranksOf(ballot).flatMap((rank) => rank.map((name) => options.indexOf(name))),
      ballot.count,
    )
  }
  const tabulation = methodById('plurality').tabulate({
    options,
    seats: 1,
    ballots: grouping.finish(),
    rules: { ties: [] },
    tieBreaks: {},
  })
  const { outcome, rounds } = tabulation
  const tallies = Object.fromEntries(options.map((name, option) => [name, Number(rounds[0]!.votes[option])]))
  if (expectation.id.includes('tallies')) return sameOrDiffers(tallies, contentOf(expectation))
  if (expectation.id.includes('tied_winners')) {
    const tied = outcome.kind === 'tied' ? outcome.tie.among.map((option) => options[option]) : []
    return sameOrDiffers({ set: tied }, contentOf(expectation))
  }
  const expected = contentOf(expectation) as Output
  return sameOrDiffers([tallies, elected(tabulation)], [expected.tallies, [expected.winner]])
}

/** From comparisons in pairs: each is a ballot that ranks two, with the others not compared. */
const schulzeByGraph: Check = (corpusCase, expectation) => {
  const pairs = readBallots<Readonly<Record<string, number>>>(corpusCase)
  const expected = contentOf(expectation) as Output & { readonly tie_breaker: readonly string[] }
  const options = expected.candidates!.set
  const grouping = rankingGroups(options.length)
  for (const [pair, votes] of Object.entries(pairs)) {
    grouping.add(
      pair.split(' vs ').map((name) => options.indexOf(name)),
      votes,
    )
  }
  const tabulation = methodById('schulze-repeated').tabulate({
    options,
    seats: expected.order!.length,
    ballots: grouping.finish(),
    rules: { unranked: 'not compared', ties: ['order given'] },
    tieBreaks: { order: expected.tie_breaker.map((name) => options.indexOf(name)) },
  })
  const rounds = tabulation.rounds.map(({ number, elected }) => {
    const tie = tabulation.ties.find(({ round }) => round === number)
    return {
      winner: options[elected[0]!],
      ...(tie && { tied_winners: { set: tie.among.map((option) => options[option]) } }),
    }
  })
  return sameOrDiffers([elected(tabulation), rounds], [expected.order, expected.rounds])
}

/** Only who is elected: that program begins anew with the full ballots of those left when all are exhausted. */
const stv: Check = (corpusCase, expectation) => {
  const { ballots, options } = rankingsOf(readBallots<readonly Ballot[]>(corpusCase))
  const content = contentOf(expectation) as { winners?: { set: readonly string[] }; set?: readonly string[] }
  const expected = content.winners?.set ?? content.set!
  const tabulation = methodById('stv-wigm').tabulate({
    options,
    seats: expected.length,
    ballots,
    rules: { quota: 'droop in whole votes', ties: ['order given'] },
    tieBreaks: {},
  })
  return sameOrDiffers(elected(tabulation).sort(), expected.toSorted())
}

/** By the method of python-vote-core. */
export const classicVotecoreChecks: Checks = {
  condorcet: comparesInPairs('schulze'),
  schulze_method: comparesInPairs('schulze'),
  schulze_by_graph: schulzeByGraph,
  ranked_pairs: comparesInPairs('ranked-pairs'),
  irv: instantRunoff,
  plurality,
  stv,
}
