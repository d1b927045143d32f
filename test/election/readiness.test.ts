import { expect, test } from 'vitest'
import { draftedContest, option } from '../../src/election/contest-draft.ts'
import type { Contest } from '../../src/election/contests.ts'
import { examine, type OpeningFacts } from '../../src/election/readiness.ts'
import { contestDraft } from '../support/election.ts'

function contest(changes: Parameters<typeof contestDraft>[0], position = 1): Contest {
  return { ...draftedContest(contestDraft(changes)), position }
}

const ready: OpeningFacts = {
  service: null,
  votersWithoutChapter: 0,
  election: {
    slug: 'board-2026',
    zone: 'Europe/Madrid',
    opens_at: null,
    closes_at: null,
    code: 'none',
    runoff_of: null,
    visibility: 'secret',
    rights: '{}',
  },
  contests: [contest({})],
  members: 40,
  voters: 40,
  unfilteredStatuses: new Map([['active', 40]]),
  weights: new Map([[1_000_000, 45]]),
  votersWithoutToken: 0,
  proxiesWithoutToken: 0,
  representing: new Map(),
  votersWithoutAddress: 0,
  reserveTokens: 5,
  tokensMadeElsewhere: false,
  unpublished: null,
  trustees: { keys: 3, toOpen: 3, people: 2, notRehearsed: [], ceremony: undefined },
  nominating: [],
  now: '2026-12-01T09:00:00.000Z',
}

test('an election with all it needs has nothing said about it', () => {
  expect(examine(ready)).toEqual([])
})

const names = (count: number) => Array.from({ length: count }, (_, index) => option(`Candidate ${index + 1}`))

/** What an officer hears, by what is the matter. */
const cases: Record<string, Partial<OpeningFacts>> = {
  'nothing to vote on': { contests: [] },
  'no candidates': { contests: [contest({ options: [] })] },
  'more to select than there is': { contests: [contest({ method: 'approval-vote', max: 5 }, 2)] },
  'too many ranks': { contests: [contest({ method: 'irv', max: 60, options: names(100) })] },
  'as many seats as candidates': { contests: [contest({ method: 'approval-vote', seats: 3 })] },
  'room for fewer ranks than candidates': { contests: [contest({ method: 'irv', options: names(100) })] },
  'no members': { members: 0, voters: 0, weights: new Map() },
  'nobody is eligible': { voters: 0, weights: new Map() },
  'members of every status': {
    unfilteredStatuses: new Map([
      ['active', 30],
      ['', 7],
      ['suspended', 3],
    ]),
  },
  'a small roll': { voters: 4 },
  'one voter': { voters: 1 },
  'tokens are missing': { votersWithoutToken: 12 },
  'one token is missing': { votersWithoutToken: 1 },
  'addresses are missing': { election: { ...ready.election, code: 'sms' }, votersWithoutAddress: 3 },
  'all addresses are missing': { election: { ...ready.election, code: 'email' }, votersWithoutAddress: 40 },
  'a result that is not published': {
    election: { ...ready.election, slug: 'board-2026-runoff', runoff_of: 1 },
    unpublished: 'board-2026',
  },
  'no reserve': { reserveTokens: 0 },
  'a weighted ranking': {
    contests: [contest({ method: 'stv-scottish' })],
    weights: new Map([
      [1_000_000, 30],
      [2_000_000, 10],
    ]),
  },
  'weights that name their voters': {
    weights: new Map([
      [1_000_000, 30],
      [2_500_000, 3],
      [4_000_000, 1],
    ]),
  },
  'weights too fine to be added up': {
    weights: new Map([
      [1_000_000, 100_000],
      [50_000_000_000_001, 20],
    ]),
  },
  'one key holder': { trustees: { ...ready.trustees, keys: 1, toOpen: 1, people: 0 } },
  'one of several suffices': { trustees: { ...ready.trustees, toOpen: 1 } },
  'nobody holds a key': { trustees: { ...ready.trustees, keys: 0, toOpen: 0, people: 0 } },
  'a key ceremony that goes on': {
    trustees: {
      ...ready.trustees,
      notRehearsed: ['Bea'],
      ceremony: { round: 2, asks: 'shares', awaited: ['Ruth', 'Sam'] },
    },
  },
  'keys that nobody has tried': { trustees: { ...ready.trustees, notRehearsed: ['Bea'] } },
  'announced for later': { election: { ...ready.election, opens_at: '2026-12-02T09:00:00.000Z' } },
  'announced for yesterday': { election: { ...ready.election, opens_at: '2026-11-30T08:00:00.000Z' } },
  'announced to be over': { election: { ...ready.election, closes_at: '2026-11-30T09:00:00.000Z' } },
}

test('what doctor says of each trouble', async () => {
  const lines = Object.entries(cases).flatMap(([trouble, facts]) => [
    `${trouble}:`,
    ...examine({ ...ready, ...facts }).map(
      ({ level, code, message, command }) => `  ${level} ${code}\n    ${message}\n    ${command ?? '-'}`,
    ),
    '',
  ])
  await expect(lines.join('\n')).toMatchFileSnapshot('../golden/election/doctor.txt')
})

test.each(Object.keys(cases))('something is said of: %s', (trouble) => {
  expect(examine({ ...ready, ...cases[trouble] })).toHaveLength(1)
})

test('what blocks comes before what is only good to know', () => {
  const levels = examine({
    ...{ ...ready, voters: 3, trustees: { ...ready.trustees, keys: 1, toOpen: 1, people: 0 } },
    votersWithoutToken: 3,
    contests: [],
  }).map(({ level }) => level)
  expect(levels).toEqual(['blocks', 'blocks', 'warns', 'warns'])
})

test('a runoff needs no reserve of its own', () => {
  expect(examine({ ...ready, reserveTokens: 0, election: { ...ready.election, runoff_of: 1 } })).toEqual([])
})

test('a method that goes by the order of the ballots takes no divided weights', () => {
  const election = { ...ready.election, visibility: 'open' as const, rights: '{"allow_vote_split":true}' }
  const contests = [contest({ method: 'stv-cambridge' })]
  expect(examine({ ...ready, election, contests })).toContainEqual(
    expect.objectContaining({
      code: 'weights-not-whole',
      message: expect.stringContaining('in the order of the ballots, and a ballot may divide its weight.'),
    }),
  )
})
