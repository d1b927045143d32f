import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readCandidateFile } from '../../src/election/candidate-file.ts'
import { withCandidates } from '../../src/election/config-candidates.ts'
import { option } from '../../src/election/contest-draft.ts'
import { createElection, type ElectionDraft } from '../../src/election/create-election.ts'
import { configText, exportConfig } from '../../src/election/export-config.ts'
import { readElectionConfig } from '../../src/election/read-config.ts'
import { ElectionConfigInvalid } from '../../src/election/refusals.ts'
import { fileSource, pipeSource } from '../../src/register/csv-source.ts'
import type { Eligibility } from '../../src/register/eligibility.ts'
import type { Group } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { contestDraft, electionDraft } from '../support/election.ts'
import { temporaryUrna } from '../support/urna.ts'

const source = { file: 'election.yaml', zone: 'UTC' }

function problemsOf(text: string): string[] {
  try {
    readElectionConfig(text, source)
  } catch (error) {
    if (!(error instanceof ElectionConfigInvalid)) throw error
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
  }
  return []
}

test('the sample election and its candidates can be read', async () => {
  const read = readElectionConfig(readFileSync('templates/election.yaml', 'utf8'), source)
  expect([...read.candidateFiles]).toEqual([[1, 'candidates.csv']])
  const file = await readCandidateFile(fileSource('templates/candidates.csv'))
  const draft = withCandidates(read.draft, { contest: 1, name: 'candidates.csv', file })
  expect(draft.contests.map(({ method, options }) => [method, options.length])).toEqual([
    ['majority', 3],
    ['stv-scottish', 5],
    ['approval-vote', 3],
    ['plurality', 2],
  ])
  expect(draft.opensAt).toBe('2026-12-01T08:00:00.000Z')
})

test('an alias, which could make a short file endless, is a mistake with its place', () => {
  expect(problemsOf('title: &name Board\ndescription: *name\n')).toEqual([
    '2:14 the alias *name is not taken: write out what it stands for',
  ])
})

test('a name that could take over a terminal is refused, from a file and from a CSV', async () => {
  const clearScreen = '\u001b[2J'
  expect(problemsOf(`title: Board\ncontests:\n  - title: "Chair\\e[2J"\n    method: irv\n`)).toEqual([
    '3:12 contests[1].title must be a text without control characters',
  ])
  const csv = Readable.from([Buffer.from(`name\nAna${clearScreen}\nBo\n`)])
  const { rows, rejected } = await readCandidateFile(pipeSource('candidates.csv', csv))
  expect(rows.map(({ option }) => option.name)).toEqual(['Bo'])
  expect(rejected).toEqual([{ line: 2, column: 'name', reason: 'the name has a control character in it' }])
})

test('the same election can be written as JSON', () => {
  const { draft } = readElectionConfig(
    '{"title": "Board", "zone": "Asia/Kolkata", "closes": "2026-12-01 09:00"}',
    source,
  )
  expect(draft).toMatchObject({ title: 'Board', closesAt: '2026-12-01T03:30:00.000Z', contests: [] })
})

describe('a mistake in the file is named with its line and column, and what is expected', () => {
  test.each([
    ['title: [', '1:9 this is no YAML or JSON: '],
    ['- a\n- b', '1:1 an election is described by fields, such as title: Board 2026'],
    ['slug: board', '1:1 title is missing: a text'],
    ['title: 2026', '1:8 title must be a text; put it in quotes'],
    ['title: B\ncolor: red', '2:1 color is not known here (there are title,'],
    ['title: B\ncontest: []', '2:1 contest is not known here (did you mean contests?)'],
    ['title: B\nzone: Madrid', '2:7 zone must be the name of a time zone, such as Europe/Madrid'],
    ['title: B\nslug: Board 2026', '2:7 slug must be lower-case letters, figures and hyphens'],
    ['title: B\nopens: tomorrow', '2:8 opens: "tomorrow" is no day and time; write it like 2026-12-01 09:00'],
    [
      'title: B\nzone: Europe/Madrid\ncloses: 2026-03-29 02:30',
      '3:9 closes: the clocks of Europe/Madrid are put forward over 2026-03-29 02:30',
    ],
    ['title: B\nopens: 2026-12-02 09:00\ncloses: 2026-12-01 09:00', '3:9 closes: it closes before it opens'],
    ['title: B\nrecast: maybe', '2:9 recast must be last-counts or refuse'],
    [
      'title: B\neligibility:\n  statuses: active',
      '3:13 eligibility.statuses: Invalid input: expected array',
    ],
    [
      'title: B\neligibility:\n  region: [North]',
      '3:3 eligibility.region is not known here (did you mean regions?)',
    ],
    ['title: B\ncontests:\n  - title: C', '3:5 contests[1].method is missing: an id of urna method list'],
    [
      'title: B\ncontests:\n  - title: C\n    method: pluralty',
      '4:13 contests[1].method: "pluralty" is no method (did you mean plurality?)',
    ],
    [
      'title: B\ncontests:\n  - title: C\n    method: cumulative',
      '4:13 contests[1].method: cumulative sets no highest score, and a ballot needs one',
    ],
    [
      'title: B\ncontests:\n  - title: C\n    method: irv\n    seats: two',
      '5:12 contests[1].seats must be a whole number',
    ],
    [
      'title: B\ncontests:\n  - {title: C, method: plurality, max: 3}',
      '3:40 contests[1].max: in plurality a voter chooses one; approval-vote takes several',
    ],
    [
      'title: B\ncontests:\n  - {title: C, method: irv, exact: 2, max: 3}',
      '3:36 contests[1].exact must be alone: leave out min and max',
    ],
    [
      'title: B\ncontests:\n  - {title: C, method: majority, threshold: most}',
      '3:45 contests[1].threshold must be a share, such as "more than 1/2" or "at least 60%"',
    ],
    ['title: B\ncontests:\n  - {title: C, method: plurality, rules: {tie: []}}', '3:42 contests[1].rules: '],
    [
      'title: B\ncontests:\n  - title: C\n    method: irv\n    candidates:\n      - Ana\n      - nam: Bo',
      '7:9 contests[1].candidates[2].name is missing: a text',
    ],
    [
      'title: B\ncontests:\n  - title: C\n    method: irv\n    candidates: [Ana, Bo, Ana]',
      '5:27 contests[1].candidates[3]: "Ana" is there twice',
    ],
    [
      'title: B\ncontests:\n  - {title: C, method: irv}\n  - {title: c, method: irv}',
      '4:13 contests[2].title: "c" is there twice',
    ],
  ])('%j', (text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected)
  })
})

test('every mistake is listed in the order of the file', () => {
  expect(
    problemsOf('zone: Here\ntitle: 1\ncontests:\n  - method: 2\n').map((line) => line.split(' ')[0]),
  ).toEqual(['1:7', '2:8', '4:5', '4:13'])
})

test('more ranks than a sealed ballot has room for are refused where they are set', () => {
  const names = Array.from({ length: 200 }, (_, index) => `C${index}`).join(', ')
  const problems = problemsOf(
    `title: B\ncontests:\n  - {title: C, method: irv, max: 60, candidates: [${names}]}`,
  )
  expect(problems).toEqual([
    expect.stringMatching(/^3:34 contests\[1\]\.max: a sealed ballot has room for \d+ ranks among 200/),
  ])
})

let group: Group
beforeAll(async () => {
  group = await loadGroup()
})

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/\p{C}/gu, '').trim().normalize('NFC'))
  .filter((text) => text !== '')
const maybe = fc.option(name)
const candidate = fc.record({
  ...{
    name,
    statement: fc.oneof(fc.constant(''), name),
    party: maybe,
    symbol: maybe,
    district: maybe,
    slate: maybe,
  },
  birth_date: fc.option(fc.constantFrom('1980-05-31', '2001-02-28')),
  role: fc.constant(null),
  members: fc.constant([]),
  photo: fc.constant(null),
})
const seen = fc.constantFrom(
  { visibility: 'secret', allowInvalid: false, liveVoting: false } as const,
  { visibility: 'manual', allowInvalid: false, liveVoting: false } as const,
  { visibility: 'open', allowInvalid: true, liveVoting: false } as const,
  { visibility: 'named', allowInvalid: false, liveVoting: true } as const,
)
const described = fc.record({
  title: name,
  description: fc.oneof(fc.constant(''), name),
  slug: fc.constant('any'),
  zone: fc.constantFrom('UTC', 'Europe/Madrid', 'America/St_Johns'),
  opensAt: fc.option(fc.constantFrom('2026-10-25T00:30:00.000Z', '2026-10-24T12:00:05.000Z')),
  closesAt: fc.option(fc.constantFrom('2026-10-25T01:30:00.000Z', '2027-01-01T00:00:00.000Z')),
  recast: fc.constantFrom('last-counts' as const, 'refuse' as const),
  code: fc.constantFrom('none' as const, 'email' as const, 'sms' as const),
  eligibility: fc.constantFrom<Eligibility[]>({}, { statuses: ['active'], regions: ['North', 'South'] }),
  contests: fc.uniqueArray(
    fc
      .record({
        title: name,
        kind: fc.constantFrom(
          { method: 'plurality', rules: {}, seats: 2, min: undefined, max: undefined },
          {
            method: 'majority',
            rules: { threshold: { of: [2, 3], reach: 'at least' }, base: 'valid and blank' },
            seats: 1,
            min: undefined,
            max: undefined,
          },
          { method: 'approval-vote', rules: { ties: ['ask'] }, seats: 3, min: 2, max: 2 },
          { method: 'stv-scottish', rules: {}, seats: 4, min: undefined, max: 5 },
        ),
        blank: fc.boolean(),
        options: fc.uniqueArray(candidate, { maxLength: 4, selector: (each) => each.name }),
      })
      .map(({ title, kind, blank, options }) => contestDraft({ title, ...kind, blank, options })),
    { maxLength: 3, selector: ({ title }) => title.toLowerCase() },
  ),
})
const drafts: fc.Arbitrary<ElectionDraft> = fc
  .tuple(described, seen)
  .map(([draft, visibility]) => ({ ...draft, ...visibility }))

test('an election written to a file and made from it again is the same', async () => {
  const urna = await temporaryUrna()
  let number = 0
  try {
    await fc.assert(
      fc.asyncProperty(drafts, async (draft) => {
        number += 1
        const [one, two] = [`a-${number}`, `b-${number}`]
        await createElection({ work: urna.work, group }, { ...draft, slug: one })
        const first = await exportConfig(urna.work, one)
        const read = readElectionConfig(configText(first.config), source)
        await createElection({ work: urna.work, group }, { ...read.draft, slug: two })
        const second = await exportConfig(urna.work, two)
        expect({ ...second.config, slug: one }).toEqual(first.config)
        expect(await rowsOf(urna, two)).toEqual(await rowsOf(urna, one))
      }),
      { numRuns: 25 },
    )
  } finally {
    await urna.close()
  }
})

/** All that the file keeps of an election but its identifiers. */
async function rowsOf(urna: Awaited<ReturnType<typeof temporaryUrna>>, slug: string) {
  return urna.work.read(async ({ db }) => ({
    election: await db
      .selectFrom('election')
      .select(['title', 'description', 'zone', 'opens_at', 'closes_at', 'recast', 'eligibility'])
      .select(['visibility', 'allow_invalid', 'live_voting'])
      .where('slug', '=', slug)
      .execute(),
    contests: await db
      .selectFrom('contest as c')
      .innerJoin('election as e', 'e.id', 'c.election_id')
      .leftJoin('contest_option as o', 'o.contest_id', 'c.id')
      .select([
        'c.position',
        'c.title',
        'c.description',
        'c.style',
        'c.method',
        'c.rules',
        'c.seats',
        'c.blank',
      ])
      .select(['c.min_selections', 'c.max_selections', 'o.position as number', 'o.name', 'o.statement'])
      .select(['o.party', 'o.symbol', 'o.birth_date', 'o.district', 'o.slate'])
      .where('e.slug', '=', slug)
      .orderBy('c.position')
      .orderBy('o.position')
      .execute(),
  }))
}

test('what export-config writes reads well', async () => {
  const urna = await temporaryUrna()
  const draft = electionDraft({
    closesAt: '2026-10-25T00:30:00.000Z',
    eligibility: { statuses: ['active'] },
    contests: [
      contestDraft({ options: [option('Yes'), { ...option('Bo'), party: 'Open Platform' }] }),
      contestDraft({ title: 'Committee', method: 'approval-vote', seats: 2, min: 1, max: 2, blank: false }),
    ],
  })
  await createElection({ work: urna.work, group }, draft)
  const { config } = await exportConfig(urna.work, undefined)
  await urna.close()
  await expect(configText(config)).toMatchFileSnapshot('../golden/election/export-config.yaml')
})
