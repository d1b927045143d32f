import { afterEach, describe, expect, test } from 'vitest'
import type { Selections } from '../../src/ballot/selections.ts'
import type { BltFile } from '../../src/interchange/blt.ts'
import { readBlt } from '../../src/interchange/blt.ts'
import { unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { verify } from '../../src/verify/node.ts'
import { Fraction } from '../support/fraction.ts'
import { slowScottishCount } from '../support/slow-scottish.ts'
import { expectedStage, expectedWinners, stageOf, winnersByName } from '../support/stages.ts'
import { comparableName, corpusBallots, corpusCases } from '../support/tabulation-corpus.ts'
import {
  contestOf,
  exportedArchive,
  group,
  type SmallElection,
  talliedElection,
} from '../tally/small-election.ts'

let election: SmallElection | undefined
afterEach(() => election?.close())

/** Every paper of a count, sealed by a voter of its own, through the whole secret election. */
async function hold(papers: BltFile) {
  const rankings: Selections[] = []
  for (let each = 0; each < papers.ballots.count; each++) {
    const ranks = unpackRanking(papers.ballots, each)
    const selections: Selections = ranks.length === 0 ? { kind: 'blank' } : { kind: 'ranking', ranks }
    for (let copy = 0; copy < papers.ballots.weights[each]!; copy++) rankings.push(selections)
  }
  election = await talliedElection({
    contests: [contestOf('Ward', 'stv-scottish', papers.options, { seats: papers.seats })],
    trustees: ['Bea', 'Carl'],
    weightsMicros: rankings.map(() => 1_000_000),
    votes: rankings.map((selections, voter) => [voter, [selections]] as const),
  })
  const result = await readResultDocument({ work: election.work, group }, election.slug)
  const verification = await verify(await exportedArchive(election))
  return { papers: rankings.length, result, tabulation: result.contests[0]!.tabulation, verification }
}

const village = `4 2
9 1 2 0
7 2 1 3 0
5 3 4 0
4 4 3 0
3 1 0
2 4 0
1 0
0
"Ana" "Bo" "Cai" "Dee"
"A village"`

test('every paper of a small ward is sealed, shuffled by all trustees, opened and counted as by hand', async () => {
  const papers = readBlt(village)
  const { papers: sealed, result, tabulation, verification } = await hold(papers)
  const slow = slowScottishCount({
    optionCount: papers.options.length,
    seats: papers.seats,
    ballots: Array.from({ length: papers.ballots.count }, (_, each) => ({
      ranks: unpackRanking(papers.ballots, each),
      weight: String(papers.ballots.weights[each]),
    })),
  })
  expect(result.ballots).toEqual({ counted: sealed, replaced: 0 })
  expect(tabulation.rounds.map(({ elected }) => elected)).toEqual(slow.map(({ elected }) => elected))
  for (const [position, { votes }] of tabulation.rounds.entries()) {
    expect(votes.map((each) => Fraction.parse(each).compare(Fraction.parse('0')) >= 0)).not.toContain(false)
    expect(votes.map((each, option) => Fraction.parse(each).compare(slow[position]!.votes[option]!))).toEqual(
      votes.map(() => 0),
    )
  }
  expect(verification.outcome).toBe('verified')
})

const ward = corpusCases('stv-scottish').find(({ id }) => id.endsWith('aberdeen_2017_ward8'))

describe.skipIf(ward === undefined || process.env.URNA_SLOW === undefined)('a real ward', () => {
  test('over 3,000 real papers give the published winners and every stage to five decimals', async () => {
    const papers = corpusBallots(ward!)
    const { papers: sealed, result, tabulation, verification } = await hold(papers)
    const expectation = ward!.expectations.find(({ id }) => id === 'scottish')!
    const names = papers.options.map(comparableName)
    expect(sealed).toBeGreaterThan(3_000)
    expect(result.ballots.counted).toBe(sealed)
    expect(winnersByName(names, tabulation)).toEqual(expectedWinners(expectation))
    expect(tabulation.rounds[0]!.quota).toBe(String(Number(expectation.quota)))
    expect(tabulation.rounds.map((round) => stageOf(names, round))).toEqual(
      expectation.rounds.map(expectedStage),
    )
    expect(verification.outcome).toBe('verified')
  }, 1_200_000)
})
