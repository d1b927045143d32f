import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { describe, expect, test, vi } from 'vitest'
import * as count from '../../commands/count.ts'
import type { ComparisonJson } from '../../src/report/comparison.ts'
import type { CountJson } from '../../src/report/count-json.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'urna-count-'))

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** The example of the Scottish page: A has a surplus, D and C are excluded. */
const ward = fileOf(
  'ward.blt',
  '4 2\n7 1 2 0\n3 1 3 0\n4 2 0\n3 3 0\n1 4 0\n0\n"Ana Duarte"\n"Bo Lindqvist"\n"Chidi Ò"\n"Dee"\n"Ward 1"\n',
)
/** Two who nothing tells apart. */
const tied = fileOf('tied.blt', '3 1\n4 1 0\n4 2 0\n1 3 0\n0\n"A"\n"B"\n"C"\n"Chair"\n')
const scottish = ['--method', 'stv-scottish']

async function counted(...argv: string[]): Promise<CountJson> {
  return (await json(count, ...argv)) as CountJson
}

async function printed(...argv: string[]): Promise<string> {
  const run = await runCommand(count.default, argv)
  expect(run.status, run.stderr).toBe(0)
  return run.stdout
}

describe('what a person sees', () => {
  test.each([
    ['stv', [ward, ...scottish]],
    ['schulze', [ward, '--method', 'schulze', '--seats', '1']],
    ['plurality', [ward, '--method', 'plurality', '--withdraw', 'dee']],
    ['tied', [tied, '--method', 'plurality']],
    ['lot', [tied, '--method', 'plurality', '--seed', 'lottery of 14 March', '--report', 'text']],
    ['report', [ward, ...scottish, '--report', 'text']],
    ['compare', [ward, '--compare', 'stv-scottish,irv,plurality,approval-vote']],
  ])('%s', async (name, argv) => {
    await expect(await printed(...argv)).toMatchFileSnapshot(`../golden/count/${name}.txt`)
  })

  test('a tie that the rules leave open is a result, and says how to go on', async () => {
    const run = await runCommand(count.default, [tied, '--method', 'plurality'])
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('Tied: in round 1, of A and B one is to be elected.')
    expect(run.stderr).toContain('--seed TEXT')
    expect(run.stderr).toContain('--tie-order')
  })

  test('nothing in a file steers the terminal', async () => {
    const path = fileOf('evil.blt', '2 1\n2 1 0\n1 2 0\n0\n"\u001b[2JA\u202e"\n"B"\n"\u0007Title"\n')
    const { stdout, stderr } = await runCommand(count.default, [path, '--method', 'irv'])
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
  })

  test('the first warnings of a file are on standard error, and how many more there are', async () => {
    const lines = Array.from({ length: 8 }, () => '1 1 1 0').join('\n')
    const path = fileOf('odd.blt', `2 1\n${lines}\n0\n"A"\n"B"\n"T"\n"left over"\n"more"\n`)
    const run = await runCommand(count.default, [path, '--method', 'irv'])
    expect(run.stderr).toMatch(/^Warning: line \d+, column \d+: /m)
    expect(run.stdout).not.toContain('Warning')
  })
})

describe('the count as JSON', () => {
  test('is the same every time, by the names of the options', async () => {
    const run = await runCommand(count.default, [ward, ...scottish, '--json'])
    count.output.parse(JSON.parse(run.stdout))
    await expect(run.stdout).toMatchFileSnapshot('../golden/count/stv.json')
  })

  test('holds the votes of options of one name apart', async () => {
    const path = fileOf('twins.blt', '3 1\n3 1 0\n2 2 0\n1 3 0\n0\n"Lee"\n"Lee"\n"__proto__"\n"Twins"\n')
    const { options, rounds, remarks } = await counted(path, '--method', 'plurality')
    expect(options).toEqual(['Lee', 'Lee (2)', '__proto__'])
    expect(Object.entries(rounds[0]!.votes)).toEqual([
      ['Lee', '3'],
      ['Lee (2)', '2'],
    ])
    expect(remarks).toContain('Several options are called Lee; here option 2 is Lee (2).')
    const { stdout } = await runCommand(count.default, [path, '--method', 'plurality', '--json'])
    expect(stdout).toContain('"__proto__": "1"')
  })

  test('says where the seats are from, and what was made of the ballots', async () => {
    const asFile = await counted(ward, '--method', 'plurality')
    expect(asFile).toMatchObject({ seats: 2, seatsFrom: 'file' })
    expect(asFile.remarks).toEqual([
      'Each ballot counts for the option that it ranks first; several in that rank are an overvote.',
    ])
    expect(await counted(ward, '--method', 'plurality', '--seats', '1')).toMatchObject({
      ...{ seats: 1, seatsFrom: 'request' },
      winners: [{ name: 'Ana Duarte', round: 1 }],
    })
  })
})

describe('ties', () => {
  test('a lot names its seed and tickets, and anyone who draws again gets the same', async () => {
    const first = await counted(tied, '--method', 'irv', '--seed', 'x')
    expect(first.ties[0]!.decisions[0]).toMatchObject({
      by: 'lot',
      seed: 'x',
      tickets: { A: expect.any(String), B: expect.any(String) },
    })
    expect(await counted(tied, '--method', 'irv', '--seed', 'x')).toEqual(first)
  })

  test('a seed draws after the chain that is given, and an order that is given comes before any lot', async () => {
    const byLot = await counted(tied, '--method', 'irv', '--tie', 'backwards', '--seed', 'x')
    expect(byLot.rules.ties).toEqual(['backwards', 'lot'])
    const byOrder = await counted(tied, '--method', 'irv', '--tie-order', 'b,a,c')
    expect(byOrder.rules.ties).toEqual(['backwards', 'order given', 'lot'])
    expect(byOrder.winners).toEqual([{ name: 'B', round: 2 }])
  })

  test('whom an order does not name is not put in any place in silence', async () => {
    const four = fileOf('four.blt', '4 1\n2 1 0\n2 2 0\n2 3 0\n1 4 0\n0\n"A"\n"B"\n"C"\n"D"\n"T"\n')
    const partial = await counted(four, '--method', 'irv', '--tie-order', 'A')
    expect(partial.outcome).toMatchObject({ kind: 'tied', tie: { among: ['B', 'C'], choose: 1 } })
    const ballot = await counted(four, '--method', 'irv', '--tie', 'order-given')
    expect(ballot.remarks).toEqual(['No order for ties is given: that of the ballot stands for it.'])
  })

  test('an order can be a file with a name a line', async () => {
    const order = fileOf('order.txt', 'B\r\nA\r\n\r\nC\r\n')
    expect((await counted(tied, '--method', 'plurality', '--tie-order', order)).winners[0]!.name).toBe('B')
  })
})

describe('rules', () => {
  test('are read by what the method takes: words, numbers, shares and lists', async () => {
    const { rules } = await counted(
      ...[ward, '--method', 'majority', '--rule', 'threshold=at least 2/3'],
      ...['--rule', 'contendersPerSeat=3', '--rule', 'base=all-ballots', '--rule', 'ties=order-given,lot'],
    )
    expect(rules).toEqual({
      threshold: { of: [2, 3], reach: 'at least' },
      ...{ base: 'all ballots', contendersPerSeat: 3, ties: ['order given', 'lot'] },
    })
  })

  test('of a file stand under those of the command line', async () => {
    const path = fileOf('rules.yaml', 'until: two are left\nties: [lot]\n')
    const { rules } = await counted(ward, '--method', 'irv', '--rules', path, '--rule', 'until=majority')
    expect(rules).toMatchObject({ until: 'majority', ties: ['lot'] })
  })

  test.each([
    ['irv', 'untill=majority', 'irv has no rule "untill".', 'Did you mean until?'],
    ['schulze', 'strength=brute', 'The rule strength of schulze can\'t be "brute".', 'margins'],
    [
      'majority',
      'contendersPerSeat=1',
      'contendersPerSeat of majority can\'t be "1"',
      'a whole number from 2',
    ],
    ['majority', 'threshold=60', 'threshold of majority can\'t be "60"', 'at least 60%'],
    ['irv', 'until', '"until" is no rule.', 'name=value'],
  ])('%s refuses %s, naming the values there are', async (method, rule, message, hint) => {
    const said = await refused(count, ward, '--method', method, '--rule', rule)
    expect(said.status).toBe(2)
    expect(said.message).toContain(message)
    expect(said.hint).toContain(hint)
  })
})

describe('what is refused, and what mends it', () => {
  test('without a method the ones that fit the ballots are named', async () => {
    const said = await refused(count, ward)
    expect(said).toMatchObject({ status: 2, code: 'method-needed' })
    expect(said.message).toContain('ward.blt')
    expect(said.hint).toContain('stv-scottish')
    expect(said.hint).not.toContain('plurality')
  })

  test.each([
    [['--method', 'shulze'], 3, 'Did you mean schulze?'],
    [['--compare', 'irv,shulze'], 3, 'Did you mean schulze?'],
    [['--compare', 'irv'], 2, 'Name several'],
    [[...scottish, '--withdraw', 'Anna Duarte'], 3, 'Did you mean "Ana Duarte"?'],
    [[...scottish, '--tie-order', 'Ana Duarte,Boo Lindqvist'], 3, 'Did you mean "Bo Lindqvist"?'],
    [['--rule', 'a=b'], 2, '--method'],
    [['--method', 'irv', '--rule', 'share=10', '--rule', 'share=20'], 2, 'Give it once'],
    [[...scottish, '--seed', ''], 2, 'leave it out'],
    [[...scottish, '--tie-order', ' '], 2, 'leave it out'],
    [[...scottish, '--withdraw', ''], 2, 'leave it out'],
    [[...scottish, '--csv', ''], 2, 'leave it out'],
    [[...scottish, '--tie-order', 'Dee,Ana Duarte,dee'], 2, 'each option once'],
    [[...scottish, '--csv', '-'], 2, '--csv'],
  ])('%s', async (argv, status, hint) => {
    const said = await refused(count, ward, ...argv)
    expect(said.status).toBe(status)
    expect(said.hint).toContain(hint)
  })

  test('a missing file is named as what is missing', async () => {
    expect((await refused(count)).message).toBe('Missing 1 required arg: file')
  })

  test.each([
    [['--seats', '0'], /^--seats: .*integer.*0/],
    [['--compare', 'irv,schulze'], /^--.* cannot also be provided when using --/],
  ])('what the command line means is said in one sentence: %s', async (argv, message) => {
    expect((await refused(count, ward, ...scottish, ...argv)).message).toMatch(message)
  })

  test('a misspelt format gets the nearest', async () => {
    expect(await refused(count, ward, ...scottish, '--format', 'bltt')).toMatchObject({
      ...{ status: 2, code: 'ballot-format-unknown', hint: expect.stringContaining('blt') },
    })
  })

  test('a name is found whatever its case and accents', async () => {
    const { withdrawn } = await counted(ward, ...scottish, '--withdraw', 'CHIDI o', '--withdraw', 'dee')
    expect(withdrawn).toEqual(['Chidi Ò', 'Dee'])
  })

  test('everybody withdrawn leaves nothing to count', async () => {
    const argv = ['A', 'B', 'C'].flatMap((name) => ['--withdraw', name])
    expect(await refused(count, tied, ...scottish, ...argv)).toMatchObject({
      ...{ status: 4, code: 'count-refused', message: 'All options are withdrawn: none is left to count.' },
    })
  })

  test.each(['10001', '99999999999999999999'])('%s seats are more than anybody fills', async (seats) => {
    expect(await refused(count, ward, '--method', 'dhondt', '--seats', seats)).toMatchObject({
      ...{ status: 4, code: 'count-refused', message: 'A contest fills from 1 to 10000 seats.' },
    })
  })
})

describe('several methods side by side', () => {
  test('say who is elected by all and who by some', async () => {
    const path = fileOf('cycle.blt', '3 1\n4 1 2 0\n3 2 3 0\n2 3 2 0\n0\n"A"\n"B"\n"C"\n"One seat"\n')
    const comparison = (await json(count, path, '--compare', 'plurality,irv,schulze')) as ComparisonJson
    expect(comparison.electedByAll).toEqual([])
    expect(comparison.electedBySome).toEqual({ A: ['plurality'], B: ['irv', 'schulze'] })
    expect(comparison.methods.map(({ method, winners }) => [method, winners])).toEqual([
      ['plurality', ['A']],
      ['irv', ['B']],
      ['schulze', ['B']],
    ])
  })
})

describe('files', () => {
  test('the CSV has a line for each option in each round, and no formula', async () => {
    const path = fileOf('formula.blt', '2 1\n2 1 0\n1 2 0\n0\n"=1+1"\n"B"\n"T"\n')
    const lines: Record<string, string>[] = parse(await printed(path, '--method', 'irv', '--csv', '-'), {
      ...{ bom: true, columns: true },
    })
    expect(lines.map(({ round, name, votes }) => [round, name, votes])).toEqual([
      ['1', "'=1+1", '2'],
      ['1', 'B', '1'],
      ['1', 'exhausted', '0'],
      ['1', 'lost to rounding', '0'],
    ])
  })

  test('a file of the same name is not overwritten without --force', async () => {
    const path = fileOf('mine.csv', 'precious')
    const said = await refused(count, ward, ...scottish, '--csv', path)
    expect(said).toMatchObject({ status: 5, hint: 'Name another, or replace it with --force.' })
    expect(readFileSync(path, 'utf8')).toBe('precious')
    await counted(ward, ...scottish, '--csv', path, '--force')
    expect(readFileSync(path, 'utf8')).toContain('Bo Lindqvist')
  })

  test('no output takes the place of the ballots, nor of another output, even with --force', async () => {
    const ballots = fileOf('kept.blt', readFileSync(ward, 'utf8'))
    const self = join(folder, '.', 'x', '..', 'kept.blt')
    const said = await refused(count, ballots, ...scottish, '--csv', self, '--force')
    expect(said).toMatchObject({ status: 2, message: '--csv names the file of the ballots.' })
    expect(readFileSync(ballots, 'utf8')).toBe(readFileSync(ward, 'utf8'))
    const twice = join(folder, 'twice')
    expect(await refused(count, ward, ...scottish, '--csv', twice, '--html', twice)).toMatchObject({
      ...{ status: 2, message: '--html names the file of --csv.' },
    })
    expect(existsSync(twice)).toBe(false)
  })

  test('the workbook has a sheet for each part, no formula, and the same bytes every time', async () => {
    const [path, again] = [join(folder, 'a.xlsx'), join(folder, 'b.xlsx')]
    await counted(ward, ...scottish, '--xlsx', path)
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-06-15T08:30:30Z') })
    await counted(ward, ...scottish, '--xlsx', again).finally(() => vi.useRealTimers())
    expect(readFileSync(again).equals(readFileSync(path))).toBe(true)
    const { worksheets } = await new ExcelJS.Workbook().xlsx.readFile(path)
    expect(worksheets.map(({ name }) => name)).toEqual(['Summary', 'Rounds', 'Transfers', 'Statistics'])
    const [, rounds, transfers] = worksheets
    expect((rounds!.getRow(2).values as unknown[]).slice(1, 6)).toEqual(['Ana Duarte', 'elected', 10, -3, 7])
    expect((transfers!.getRow(2).values as unknown[]).slice(1)).toEqual([
      ...[2, 'Ana Duarte', 'Bo Lindqvist', 2.1, '1 becomes 0.3'],
    ])
  })

  test('the page stands alone', async () => {
    const path = join(folder, 'ward.html')
    await counted(ward, ...scottish, '--html', path)
    expect(readFileSync(path, 'utf8')).toContain('Bo Lindqvist')
    expect(existsSync(`${path}.part`)).toBe(false)
  })
})

describe('one ballot of many', () => {
  test('is followed through the rounds in words', async () => {
    const { trace } = await counted(ward, ...scottish, '--trace', '2')
    expect(trace).toEqual({
      ballot: '2',
      says: '1 Ana Duarte, 2 Chidi Ò',
      rounds: [
        { round: 1, sentence: 'It counts for Ana Duarte with 1 vote.' },
        { round: 2, sentence: 'It is divided between Ana Duarte with 0.7 votes and Chidi Ò with 0.3 votes.' },
        { round: 3, sentence: 'It stays with Ana Duarte with 0.7 votes and Chidi Ò with 0.3 votes.' },
        { round: 4, sentence: 'It goes to Ana Duarte with 0.7 votes.' },
      ],
    })
  })

  test('of a method that moves no ballots counts as it stands', async () => {
    const { trace } = await counted(ward, '--method', 'schulze', '--trace', '2')
    expect(trace).toMatchObject({
      says: '1 Ana Duarte, 2 Chidi Ò',
      rounds: [],
      remark: expect.stringContaining('as it stands'),
    })
  })

  test('that is not there is refused', async () => {
    expect(await refused(count, ward, ...scottish, '--trace', '99')).toMatchObject({
      ...{ status: 3, code: 'ballot-not-found' },
    })
  })
})

test('the seats of lists are in every output', async () => {
  const { seatsWon } = await counted(ward, '--method', 'dhondt', '--seats', '3')
  expect(seatsWon).toEqual({ 'Ana Duarte': 2, 'Bo Lindqvist': 1, 'Chidi Ò': 0, Dee: 0 })
  expect(await printed(ward, '--method', 'dhondt', '--seats', '3')).toMatch(/^Ana Duarte +10 +2 +elected$/m)
  expect(await printed(ward, '--method', 'dhondt', '--seats', '3', '--csv', '-')).toContain(
    'Ana Duarte,10,elected,2',
  )
})

test('a table of totals is counted by the methods that need no more', async () => {
  const path = fileOf('parties.csv', 'party,votes\nRed,53000\nBlue,24000\nGreen,23000\n')
  const { seatsWon, statistics } = await counted(path, '--method', 'sainte-lague', '--seats', '10')
  expect(seatsWon).toEqual({ Red: 6, Blue: 2, Green: 2 })
  expect(statistics.valid).toBe('100000')
})

test('the contest of a file that is one contest can be named by its title, and no other is taken for it', async () => {
  expect((await counted(ward, ...scottish, '--contest', 'Ward 1')).title).toBe('Ward 1')
  expect(await refused(count, ward, ...scottish, '--contest', 'Ward 2')).toMatchObject({
    ...{ status: 2, code: 'contest-not-chosen', message: 'The file holds no contest "Ward 2".' },
    hint: expect.stringContaining('leave --contest out'),
  })
})

test('of a file with several contests one is counted', async () => {
  const ballot = (id: string, choices: readonly string[]) => ({
    '@type': 'CVR.CVR',
    UniqueId: id,
    CurrentSnapshotId: id,
    CVRSnapshot: [
      {
        '@type': 'CVR.CVRSnapshot',
        '@id': id,
        Type: 'original',
        CVRContest: choices.map((choice, index) => ({
          '@type': 'CVR.CVRContest',
          ContestId: `c${index}`,
          CVRContestSelection: [
            {
              '@type': 'CVR.CVRContestSelection',
              ContestSelectionId: choice,
              SelectionPosition: [
                { '@type': 'CVR.SelectionPosition', HasIndication: 'yes', NumberVotes: 1, Rank: 1 },
              ],
            },
          ],
        })),
      },
    ],
  })
  const contest = (id: string, name: string, options: readonly string[]) => ({
    ...{ '@type': 'CVR.CandidateContest', '@id': id, Name: name, VotesAllowed: 1 },
    ContestSelection: options.map((option) => ({
      ...{ '@type': 'CVR.CandidateSelection', '@id': option, CandidateIds: [`p-${option}`] },
    })),
  })
  const options = ['ada', 'bo', 'cy', 'di']
  const report = {
    '@type': 'CVR.CastVoteRecordReport',
    Version: '1.0.0',
    Election: [
      {
        '@type': 'CVR.Election',
        '@id': 'e',
        Candidate: options.map((id) => ({ '@type': 'CVR.Candidate', '@id': `p-${id}`, Name: id })),
        Contest: [contest('c0', 'Chair', ['ada', 'bo']), contest('c1', 'Auditor', ['cy', 'di'])],
      },
    ],
    CVR: [ballot('b1', ['ada', 'di']), ballot('b2', ['ada', 'di']), ballot('b3', ['bo', 'di'])],
  }
  const path = fileOf('votes.json', JSON.stringify(report))
  expect((await refused(count, path, '--method', 'irv')).hint).toContain('Chair')
  const { title, winners } = await counted(path, '--method', 'irv', '--contest', 'Auditor')
  expect({ title, winners }).toEqual({ title: 'Auditor', winners: [{ name: 'di', round: 1 }] })
})
