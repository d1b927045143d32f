import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as ExportHtml from '../../commands/export/html.ts'
import * as SummaryCommand from '../../commands/summary.ts'
import { narrowestMargin } from '../../src/report/margin.ts'
import { type EarlierElection, summaryLines, summaryOf } from '../../src/report/summary.ts'
import { type SampleContest, sampleContest, sampleResult } from '../support/result-samples.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import {
  chair,
  choice,
  contestOf,
  ranking,
  type SmallElection,
  talliedElection,
} from '../tally/small-election.ts'

const three = ['Ada', 'Bo', 'Cy']

function marginOf(contest: Partial<SampleContest> & Pick<SampleContest, 'method'>) {
  return narrowestMargin(sampleContest({ title: 'Chair', options: three, ...contest }, 1))
}

describe('a margin', () => {
  test('is between the last who is elected and the first who is not', () => {
    const orders = ['5 1', '4 2', '2 3']
    expect(marginOf({ method: 'plurality', orders })).toEqual({
      kind: 'votes',
      winner: 'Ada',
      figure: '5',
      other: 'Bo',
      otherFigure: '4',
      difference: '1',
      round: 1,
    })
    expect(marginOf({ method: 'block', orders, seats: 2 })).toMatchObject({ winner: 'Bo', difference: '2' })
  })

  test('of an instant runoff is that of its last round', () => {
    const orders = ['5 1', '4 2', '3 3 2']
    expect(marginOf({ method: 'irv', orders })).toMatchObject({ winner: 'Bo', difference: '2', round: 2 })
  })

  test('where pairs are compared is the closest comparison of the winner', () => {
    const orders = ['5 1 2', '4 2 1', '2 3 1']
    expect(marginOf({ method: 'schulze', orders })).toMatchObject({
      kind: 'in pairs',
      other: 'Bo',
      figure: '7',
      otherFigure: '4',
      difference: '3',
    })
  })

  test('is of points where points are counted', () => {
    expect(marginOf({ method: 'borda', orders: ['3 1 2 3', '2 2 1 3'] })).toMatchObject({ kind: 'points' })
  })

  test.each([
    ['votes are transferred to fill several seats', { method: 'stv-scottish', seats: 2 }],
    ['seats go to lists', { method: 'dhondt', seats: 3 }],
    ['a tie is open', { method: 'plurality', orders: ['2 1', '2 2'] }],
    ['everybody is elected', { method: 'block', seats: 3 }],
  ])('is not told where %s', (_, contest) => {
    expect(marginOf({ orders: ['5 1 2', '4 2 1', '2 3 1'], ...contest })).toBeUndefined()
  })
})

describe('the turnout beside an earlier one', () => {
  const result = sampleResult([
    { title: 'Chair', method: 'plurality', options: three, orders: ['5 1', '4 2'] },
  ])

  function sentence(voters: number, voted: number): string {
    const before: EarlierElection = {
      ...{ slug: 'before', title: 'Before', talliedAt: '2025-01-01T00:00:00.000Z' },
      ...{ voters, voted, winners: new Map() },
    }
    return summaryOf(result, [before]).earlier[0]!.sentence
  }

  test.each([
    [8, 5, 'The turnout is the same now.'],
    [100, 60, 'The turnout is 2.5 percentage points higher now.'],
    [100, 70, 'The turnout is 7.5 percentage points lower now.'],
    // 62.5 % less 62.45 %: a half is rounded up, from the exact difference.
    [2000, 1249, 'The turnout is 0.1 percentage points higher now.'],
    [100_000, 62_499, 'The turnout is less than 0.1 percentage points higher now.'],
  ])('of %i voters of whom %i voted', (voters, voted, says) => {
    expect(sentence(voters, voted)).toContain(says)
  })
})

test('a tie is told with how it was decided', () => {
  const result = sampleResult([
    {
      title: 'Chair',
      method: 'irv',
      options: three,
      orders: ['3 1', '2 2 1', '2 3 2'],
      rules: { ties: ['order given'] },
    },
  ])
  expect(summaryOf(result, []).contests[0]!.sentences.join(' ')).toMatch(
    /Tie in round 2, of Bo and Cy one is to be excluded\. Decided by the order given/,
  )
})

describe('urna summary', () => {
  let election: SmallElection
  beforeAll(async () => {
    election = await talliedElection({
      contests: [chair, contestOf('Committee', 'stv-scottish', ['Di', 'Eli', 'Flo'], { seats: 2 })],
      votes: [
        [0, [choice(0), ranking(0, 1)]],
        [1, [choice(0), ranking(0, 1)]],
        [2, [choice(1), ranking(1, 0)]],
      ],
    })
    process.env.URNA_PASSPHRASE = election.passphrase
  })
  afterAll(async () => {
    delete process.env.URNA_PASSPHRASE
    await election.close()
  })

  test('says who is elected, how narrowly, and of how many', async () => {
    const { stdout, status } = await runCommand(SummaryCommand.default, ['--file', election.path])
    expect(status).toBe(0)
    const said = stdout.replace(/\s+/g, ' ')
    expect(said).toContain('NOT CERTIFIED')
    expect(said).toContain('3 of 3 voters voted, 100.0%.')
    expect(said).toContain('Chair: Elected: Ada. Ada has 2 votes, Bo 1: a margin of 1.')
    expect(said).toContain('Committee: Elected: Di and Eli. 2 votes were needed to be elected.')
  })

  test('compares with the elections that were counted before, and with no rehearsal or runoff', async () => {
    await election.work.write('test', async (tx) => {
      const { id: _, ...held } = await tx.db.selectFrom('election').selectAll().executeTakeFirstOrThrow()
      const earlier = (slug: string, more: object) => ({
        ...{ ...held, slug, uuid: `${slug}-0123456789abcd`, title: slug, visibility: 'manual' as const },
        ...{ tallied_at: '2020-01-01T00:00:00.000Z', ...more },
      })
      const figures = JSON.stringify({ voters: 4, voted: 2, contests: [] })
      for (const [slug, more] of [
        ['before', {}],
        ['mock', { rehearsal: 1, title: 'REHEARSAL: mock' }],
        ['later', { tallied_at: '2999-01-01T00:00:00.000Z' }],
      ] as const) {
        const { id } = await tx.db
          .insertInto('election')
          .values(earlier(slug, more))
          .returning('id')
          .executeTakeFirstOrThrow()
        const entered = { election_id: id, body: figures, officer: 'Oda', at: tx.now }
        await tx.db.insertInto('entered_result').values(entered).execute()
      }
    })
    const answer = await json(SummaryCommand, 'chapter', '--file', election.path)
    expect(answer).toMatchObject({
      standing: 'not-certified',
      turnout: { voters: 3, voted: 3 },
      earlier: [
        {
          election: 'before',
          voters: 4,
          voted: 2,
          sentence: expect.stringContaining('50.0 percentage points higher'),
        },
      ],
    })
  })

  test('stands in the page of the result too', async () => {
    const page = await runCommand(ExportHtml.default, ['chapter', '--out', '-', '--file', election.path])
    expect(page.stdout.includes('Ada has 2 votes, Bo 1: a margin of 1.')).toBe(true)
    expect(page.stdout.includes('50.0 percentage points higher')).toBe(true)
  })

  test('is refused before the count, and of an election that is not there', async () => {
    expect(await refused(SummaryCommand, 'nothing', '--file', election.path)).toMatchObject({
      status: 3,
      code: 'election-not-found',
    })
  })

  test('leaves a line in the log, as the result is not published', async () => {
    const views = await election.work.read((tx) =>
      tx.db.selectFrom('audit_entry').select('details').where('action', '=', 'vote-viewed').execute(),
    )
    expect(views.length).toBeGreaterThan(0)
  })
})

test('the lines begin with how far the result may be relied on', () => {
  const result = sampleResult([], { standing: 'rehearsal' })
  expect(summaryLines(summaryOf(result, []))[0]).toMatch(/^REHEARSAL/)
})
