import { describe, expect, test } from 'vitest'
import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, packRanking } from '../../src/tabulation/ballot-groups.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { expectedVotes, votesByName } from '../support/stages.ts'
import { type CorpusCase, comparableName, corpusCases, corpusText } from '../support/tabulation-corpus.ts'

const condorcet = corpusCases('condorcet-tideman')
const classic = corpusCases('classic-tests')

/**
 * The Condorcet Election Format: `tag || A > B = C * 3`, options named in the header.
 * @param unranked whether the options that a ballot leaves out share its last rank
 */
function condorcetBallots(
  text: string,
  unranked: 'share the last rank' | 'left out' = 'left out',
): { options: string[]; ballots: BallotGroups } {
  const options = /^#\/Candidates:(.*)$/m
    .exec(text)![1]!
    .split(';')
    .map((name) => name.trim())
  const grouping = rankingGroups(options.length)
  for (const line of text.split('\n')) {
    const [ranking = '', weight = '1'] = line.replace(/#.*/, '').split('*')
    if (ranking.trim() === '') continue
    const names = ranking.includes('/EMPTY_RANKING/') ? [] : ranking.split('>')
    const ranks = names.map((rank) =>
      rank.split('=').map((name) => options.indexOf(name.replace(/^.*\|\|/, '').trim())),
    )
    const missing = [...options.keys()].filter((option) => !ranks.flat().includes(option))
    if (unranked === 'share the last rank' && missing.length > 0) ranks.push(missing)
    grouping.add(packRanking(ranks), weight.trim())
  }
  return { options, ballots: grouping.finish() }
}

function condorcetText({ ballots, folder }: CorpusCase): string {
  const file = ballots.find(({ file }) => file.endsWith('.cvotes'))!
  return corpusText({ folder, ballots: [file] } as unknown as CorpusCase)
}

const strengths: Readonly<Record<string, string>> = {
  'Schulze Winning': 'winning votes',
  'Schulze Margin': 'margins',
  'Schulze Ratio': 'ratio',
}

const schulzeRankings = [...condorcet, ...classic].flatMap((election) =>
  election.expectations
    .filter(({ method, ranking }) => method in strengths && ranking !== undefined)
    .map((expectation) => [`${election.id} ${expectation.id}`, election, expectation] as const),
)

/** The other program takes a win of n to 0 for a ratio of n + 1 to 1; Schulze's article, for the strongest of all. */
const winsAgainstNobody = 'condorcet-tideman/A04 explicit:Schulze Ratio'

describe.skipIf(schulzeRankings.length === 0)('Schulze rankings of another program', () => {
  test.each(schulzeRankings.filter(([name]) => name !== winsAgainstNobody))(
    '%s',
    (_, election, expectation) => {
      const { options, ballots } = condorcetBallots(condorcetText(election))
      const { ranking } = methodById('schulze').tabulate({
        options,
        seats: 1,
        ballots,
        rules: {
          strength: strengths[expectation.method],
          unranked: expectation.options?.implicit_ranking ? 'last' : 'not compared',
        },
        tieBreaks: {},
      })
      expect(ranking!.map((equals) => equals.map((option) => options[option]!).sort())).toEqual(
        expectation.ranking!.map((equals) => [...equals].sort()),
      )
    },
  )
})

const condorcetRunoffs = condorcet.flatMap((election) =>
  election.expectations
    .filter(({ method }) => method === 'Instant-runoff')
    .map((expectation) => [`${election.id} ${expectation.id}`, election, expectation] as const),
)

describe.skipIf(condorcetRunoffs.length === 0)('instant runoffs of another program', () => {
  // That program passes over shared ranks, and excludes the tied together, so the first tie ends the likeness.
  test.each(condorcetRunoffs)('%s: every round up to the first tie', (_, election, expectation) => {
    const { options, ballots } = condorcetBallots(
      condorcetText(election),
      expectation.options?.implicit_ranking ? 'share the last rank' : 'left out',
    )
    const tabulation = methodById('irv').tabulate({
      options,
      seats: 1,
      ballots,
      rules: { overvotes: 'skip', ties: [] },
      tieBreaks: {},
    })
    const names = options.map(comparableName)
    const rounds = Object.values(expectation.stats!.rounds).map(expectedVotes)
    expect(tabulation.rounds.map((round) => votesByName(names, round))).toEqual(
      rounds.slice(0, tabulation.rounds.length),
    )
    if (tabulation.outcome.kind === 'decided') {
      expect(options[tabulation.winners[0]!.option]).toBe(expectation.ranking![0]![0])
    }
  })
})

const schulzeWinners = classic.flatMap((election) =>
  election.expectations
    .filter(({ id, method }) => method in strengths && id.endsWith(':winner'))
    .map((expectation) => [`${election.id} ${expectation.id}`, election, expectation] as const),
)

describe.skipIf(schulzeWinners.length === 0)("the examples of Schulze's article", () => {
  test.each(schulzeWinners)('%s', (_, election, expectation) => {
    const { options, ballots } = condorcetBallots(condorcetText(election))
    const rules = { strength: strengths[expectation.method] }
    const { ranking } = methodById('schulze').tabulate({ options, seats: 1, ballots, rules, tieBreaks: {} })
    expect(ranking![0]!.map((option) => options[option])).toEqual(expectation.winners)
  })
})

const ireland = classic.find(({ id }) => id.endsWith('ireland-president-1990'))

test.skipIf(!ireland)('the President of Ireland of 1990: the published count', () => {
  const expectation = ireland!.expectations[0]!
  const { options, ballots } = condorcetBallots(condorcetText(ireland!))
  const tabulation = methodById('irv').tabulate({ options, seats: 1, ballots, rules: {}, tieBreaks: {} })
  expect(tabulation.rounds.map((round) => votesByName(options, round))).toEqual(
    expectation.rounds.map((round) => expectedVotes(round.tallies)),
  )
  expect(tabulation.rounds[1]!.exhausted).toBe('25548')
  expect(tabulation.rounds[0]!.quota).toBe('787326')
  expect(options[tabulation.winners[0]!.option]).toBe('Mary Robinson')
})
