import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import ExportArchive from '../../commands/export/archive.ts'
import ExportBlt from '../../commands/export/blt.ts'
import ExportCsv from '../../commands/export/csv.ts'
import ExportJson from '../../commands/export/json.ts'
import ExportPdf from '../../commands/export/pdf.ts'
import ExportXlsx from '../../commands/export/xlsx.ts'
import TallyShow from '../../commands/tally/show.ts'
import { readBlt } from '../../src/interchange/blt.ts'
import { resultSchema } from '../../src/report/result-schema.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { hasPoppler, pagesOf } from '../support/pdf.ts'
import { runCommand } from '../support/run-command.ts'
import {
  blank,
  chair,
  choice,
  contestOf,
  ranking,
  type SmallElection,
  talliedElection,
  votedElection,
} from '../tally/small-election.ts'

const formula = '=HYPERLINK("http://example.org")'
const orders = [
  ranking(0, 1),
  ranking(0, 1),
  ranking(0, 2),
  ranking(0, 1, 2),
  ranking(1),
  ranking(1, 0),
  ranking(2),
  ranking(3, 1),
]

let election: SmallElection
beforeAll(async () => {
  election = await talliedElection({
    contests: [
      chair,
      contestOf('Committee: North/South', 'stv-scottish', ['Di', formula, '+Flo', '@Gus'], { seats: 2 }),
    ],
    weightsMicros: orders.map(() => 1_000_000),
    votes: orders.map((order, voter) => [voter, [voter === 3 ? blank : choice(voter % 2), order]]),
  })
  process.env.URNA_PASSPHRASE = election.passphrase
})
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  await election.close()
})

async function run(command: unknown, ...argv: string[]) {
  return runCommand(command, [...argv, '--file', election.path])
}

function out(name: string): string {
  return join(election.folder, name)
}

describe('the result as JSON', () => {
  test('follows the published schema', async () => {
    const file = out('result.json')
    expect((await run(ExportJson, '--out', file)).status).toBe(0)
    const document = resultSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(document.contests.map(({ winners }) => winners)).toEqual([['Ada'], ['Di', formula]])
  })

  test('is the same every time but for what is drawn by chance', async () => {
    const printed = await run(ExportJson, '--out', '-')
    const masked = printed.stdout
      .replaceAll(election.uuid, 'UUID')
      .replace(/"(publicKey|head|auditHead|fingerprint)": ".*?"/g, '"$1": "…"')
    await expect(masked).toMatchFileSnapshot('../golden/tally-result.json')
  })
})

test('the result as CSV has a line for each option in each round, and no formula', async () => {
  const printed = await run(ExportCsv, '--out', '-')
  const lines: Record<string, string>[] = parse(printed.stdout, { bom: true, columns: true })
  const committee = lines.filter(({ contest }) => contest === '2')
  const rounds = new Set(committee.map(({ round }) => round)).size
  expect(committee).toHaveLength(rounds * 6)
  expect(committee.slice(0, 4).map(({ name, votes }) => [name, votes])).toEqual([
    ['Di', '4'],
    [`'${formula}`, '2'],
    ["'+Flo", '1'],
    ["'@Gus", '1'],
  ])
})

describe.skipIf(!hasPoppler)('the result as sheets', () => {
  test('has one for each contest, with its rounds and why, and none like a certificate', async () => {
    const file = out('result.pdf')
    expect((await run(ExportPdf, '--out', file)).status).toBe(0)
    const [chairs = '', committee = '', ...more] = pagesOf(file)
    expect(more).toEqual([])
    expect(chairs).toContain('Elected: Ada.')
    expect(chairs).toContain('Ada elected 4')
    expect(committee).toContain('Committee: North/South')
    expect(committee).toContain(`Elected: Di and ${formula}.`)
    expect(committee).toMatch(/Round 1 Round 2 Round 3 .*Di 4 3 3/)
    expect(committee).toContain('The surplus of Di goes to the next preferences')
    for (const page of [chairs, committee]) {
      expect(page).toContain('NOT CERTIFIED: the officers have not declared this result final.')
      expect(page).toContain('This vote is confidential, not secret')
      expect(page).not.toMatch(/certificate/i)
    }
  })

  test('can be had for one contest, by its title or number, and is the same every time', async () => {
    const [one, same] = [out('one.pdf'), out('same.pdf')]
    expect((await run(ExportPdf, '--contest', 'chair', '--out', one)).status).toBe(0)
    expect((await run(ExportPdf, '--contest', '1', '--out', same)).status).toBe(0)
    expect(pagesOf(one)).toEqual([expect.stringContaining('Elected: Ada.')])
    expect(readFileSync(one).equals(readFileSync(same))).toBe(true)
    const unknown = await run(ExportPdf, '--contest', 'Treasurer', '--out', out('none.pdf'), '--json')
    expect([unknown.status, unknown.stdout]).toEqual([3, expect.stringContaining('contest-not-found')])
    expect(existsSync(out('none.pdf'))).toBe(false)
  })
})

describe('the result as a workbook', () => {
  async function workbook(file: string): Promise<ExcelJS.Workbook> {
    const read = new ExcelJS.Workbook()
    await read.xlsx.readFile(file)
    return read
  }

  test('opens again with its sheets, figures and log, and without a formula', async () => {
    const file = out('result.xlsx')
    expect((await run(ExportXlsx, '--out', file)).status).toBe(0)
    const { worksheets } = await workbook(file)
    expect(worksheets.map(({ name }) => name)).toEqual([
      'Summary',
      '1 Chair',
      '2 Committee  North South',
      'Turnout',
      'Audit log',
    ])
    const cells = worksheets.flatMap((sheet) => {
      const values: ExcelJS.CellValue[] = []
      sheet.eachRow((row) => row.eachCell((cell) => values.push(cell.value)))
      return values
    })
    expect(cells).toContain(formula)
    expect(cells.every((value) => ['string', 'number'].includes(typeof value))).toBe(true)
    const [, , committee, turnout, log] = worksheets
    expect((committee!.getRow(9).values as unknown[]).slice(1, 6)).toEqual(['Di', 'elected', 4, -1, 3])
    expect(turnout!.getRow(5).values).toEqual([undefined, 'all', '', 8, 8, '100.0%'])
    expect(log!.getColumn(4).values).toContain('tabulation-completed')
  })

  test('has the same bytes every time', async () => {
    const file = out('again.xlsx')
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-01-01T12:00:00Z') })
    try {
      await run(ExportXlsx, '--out', file)
      vi.setSystemTime(new Date('2030-06-15T08:30:30Z'))
      expect((await run(ExportXlsx, '--out', file)).stdout).toContain(
        'is there already with the same content',
      )
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the opened ballots as BLT', () => {
  test('give the same winners when they are read and counted again', async () => {
    const printed = await run(ExportBlt, '--out', '-')
    const file = readBlt(printed.stdout)
    const { options, seats, ballots } = file
    expect(options).toEqual(['Di', formula, '+Flo', '@Gus'])
    const again = methodById('stv-scottish').tabulate({ options, seats, ballots, rules: {}, tieBreaks: {} })
    expect(again.winners.map(({ option }) => options[option])).toEqual(['Di', formula])
  })

  test('are refused of a contest that is only opened as totals', async () => {
    const refused = await run(ExportBlt, '--contest', 'Chair', '--out', out('chair.blt'))
    expect(refused.status).toBe(4)
    expect(refused.stderr).toContain('only totals were opened')
    expect(existsSync(out('chair.blt'))).toBe(false)
  })
})

test('another file of the same name is not overwritten, and no half of one is left', async () => {
  const file = out('mine.csv')
  writeFileSync(file, 'precious')
  const refused = await run(ExportCsv, '--out', file)
  expect(refused.status).toBe(5)
  expect(readFileSync(file, 'utf8')).toBe('precious')
  expect(readdirSync(election.folder).filter((name) => name.includes('.part'))).toEqual([])
  expect((await run(ExportCsv, '--out', out('no/such/folder.csv'))).status).toBe(8)
})

describe('before the count', () => {
  let open: SmallElection
  beforeAll(async () => {
    open = await votedElection({ contests: [chair], votes: [[0, [choice(0)]]] })
  })
  afterAll(() => open.close())

  test.each([
    ['json', ExportJson],
    ['csv', ExportCsv],
    ['xlsx', ExportXlsx],
    ['blt', ExportBlt],
    ['tally show', TallyShow],
  ])('%s gives nothing', async (_, command) => {
    const argv = command === TallyShow ? [] : ['--out', join(open.folder, 'result')]
    const refused = await runCommand(command, [...argv, '--file', open.path])
    expect(refused.status).toBe(3)
    expect(refused.stdout).toBe('')
    expect(existsSync(join(open.folder, 'result'))).toBe(false)
  })

  test('the archive is there, grows, and is not written twice', async () => {
    const file = join(open.folder, 'public.bel')
    const write = () => runCommand(ExportArchive, ['--out', file, '--file', open.path, '--json'])
    expect(JSON.parse((await write()).stdout)).toMatchObject({ changed: true })
    expect(JSON.parse((await write()).stdout)).toMatchObject({ changed: false })
    const before = readFileSync(file)
    const { closeElection } = await import('../../src/election/close-election.ts')
    const { group } = await import('../tally/small-election.ts')
    await closeElection({ work: open.work, group }, undefined)
    expect(JSON.parse((await write()).stdout)).toMatchObject({ changed: true })
    expect(readFileSync(file).subarray(0, before.length).equals(before)).toBe(true)
  })

  test('an archive replaces nothing but an older one of its own: never the election file', async () => {
    const before = readFileSync(open.path)
    const refused = await runCommand(ExportArchive, ['--out', open.path, '--file', open.path])
    expect(refused.status).toBe(5)
    expect(refused.stderr).toContain('is already there')
    expect(readFileSync(open.path).equals(before)).toBe(true)
  })
})
