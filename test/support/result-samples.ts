import { type Standing, standingSentences } from '../../src/election/standing.ts'
import { readBlt } from '../../src/interchange/blt.ts'
import { seated } from '../../src/report/narrative.ts'
import {
  type ContestResult,
  type ElectionResultDocument,
  resultSchema,
} from '../../src/report/result-schema.ts'
import { recastBallots } from '../../src/tabulation/recast.ts'
import { methodById } from '../../src/tabulation/registry.ts'

/** Rankings by four groups of voters over four options: `votes` times each order, options from 1. */
export const committeeOrders = ['17 1 2', '14 1 3', '14 2 1', '13 3 4', '11 4 3', '1 4'] as const

export interface SampleContest {
  readonly title: string
  readonly method: string
  readonly options: readonly string[]
  readonly seats?: number
  readonly rules?: Readonly<Record<string, unknown>>
  /** Number of ballots and the options in order, from 1; `committeeOrders` where it is left out. */
  readonly orders?: readonly string[]
}

/** A contest, counted. */
export function sampleContest(contest: SampleContest, position: number): ContestResult {
  const { title, method: id, options, seats = 1, rules = {}, orders = committeeOrders } = contest
  const method = methodById(id)
  const blt = [
    `${options.length} ${seats}`,
    ...orders.map((order) => `${order} 0`),
    '0',
    ...options.map((_, option) => `"Option ${option}"`),
    '"Contest"',
  ].join('\n')
  const { ballots } = recastBallots(readBlt(blt).ballots, method.style)
  const tieBreaks = {}
  const tabulation = method.tabulate({ options, seats, ballots, rules, tieBreaks })
  return {
    ...{ position, title, seats },
    description: '',
    method: { id, title: method.title, source: method.source },
    rules: { ...rules },
    options: options.map((name) => ({ name, party: null, slate: null, district: null, none: false })),
    blankName: null,
    ...seated(tabulation, undefined),
    tabulation: JSON.parse(JSON.stringify({ ...tabulation, invalidBallots: [] })),
  }
}

/** A result as a file holds it, of an election of a small union. */
export function sampleResult(
  contests: readonly SampleContest[],
  changes: Partial<ElectionResultDocument['election']> = {},
): ElectionResultDocument {
  const standing: Standing = changes.standing ?? 'certified'
  return resultSchema.parse({
    format: 'urna-result',
    version: 1,
    election: {
      slug: 'board-2026',
      uuid: '8kTzVh2mPqWxYa',
      title: 'Board 2026',
      description: '',
      organisation: 'Northern Union',
      status: standing === 'certified' ? 'certified' : 'tallied',
      zone: 'Europe/Madrid',
      openedAt: '2026-12-01T08:00:00.000Z',
      closedAt: '2026-12-03T17:00:00.000Z',
      talliedAt: '2026-12-03T17:21:00.000Z',
      certifiedAt: standing === 'certified' ? '2026-12-04T09:00:00.000Z' : null,
      standing,
      standingSentence: standingSentences[standing],
      runoffOf: null,
      ...changes,
    },
    turnout: {
      voters: 112,
      voted: 70,
      units: [
        { unit: 'region', name: 'North', voters: 60, voted: 45 },
        { unit: 'region', name: null, voters: 52, voted: 25 },
      ],
    },
    ballots: { counted: 70, replaced: 3 },
    trustees: [{ position: 1, name: 'Grace Mbeki', kind: 'person', publicKey: 'c'.repeat(64) }],
    board: {
      head: 'a'.repeat(64),
      fingerprint: 'kS1n6v0p1sFJ1Jf3hQ8bY0dG3kW7mC2xR5tZ9uL4eXo',
      auditHead: 'd'.repeat(64),
    },
    secrecy: { kind: 'secret', sentence: 'A ballot can be opened only by 3 key holders together.' },
    enteredBy: null,
    votes: null,
    contests: contests.map((contest, index) => sampleContest(contest, index + 1)),
  })
}

const four = ['Ada', 'Bo Nguyễn', 'Cy', 'Di Öztürk']

/** One contest of each kind of chart. */
export const everyChart: readonly SampleContest[] = [
  { title: 'Treasurer', method: 'plurality', options: four },
  { title: 'Chair', method: 'irv', options: four },
  { title: 'Committee', method: 'stv-scottish', options: four, seats: 2 },
  { title: 'Speaker', method: 'schulze', options: four },
  { title: 'Council', method: 'dhondt', options: ['Red', 'Green', 'Blue', 'Grey'], seats: 9 },
]
