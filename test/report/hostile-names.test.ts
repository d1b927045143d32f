import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resultText } from '../../src/cli/show-result.ts'
import { readBlt } from '../../src/interchange/blt.ts'
import { writeBlt } from '../../src/interchange/blt-writer.ts'
import { resultCsv } from '../../src/report/result-csv.ts'
import { resultHtml } from '../../src/report/result-html.ts'
import { resultJson } from '../../src/report/result-json.ts'
import { resultSheet } from '../../src/report/result-sheet.ts'
import { resultWorkbook } from '../../src/report/result-workbook.ts'
import { resultsCdf } from '../../src/report/results-cdf.ts'
import { summaryLines, summaryOf } from '../../src/report/summary.ts'
import { converted, hasOfficeSuite } from '../support/office-suite.ts'
import { hasPoppler, pagesOf } from '../support/pdf.ts'
import { everyChart, sampleResult } from '../support/result-samples.ts'

/** Names as somebody writes them who means harm, or tries. */
const hostile = {
  formula: '=HYPERLINK("http://evil.example","Ada")',
  plus: '+cmd|calc!A1',
  minus: '-2+3',
  at: '@SUM(A1)',
  tab: '\t=1+1',
  'carriage return': '\r=1+1',
  'new lines': 'Bo\r\nElected: Bo.\nCERTIFIED',
  'escape sequences': '\u001b[2J\u001b]0;owned\u0007Cy\u009b31m',
  'turned around': 'Di \u202Edetcele\u202C \u2066x',
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)>&amp;"\'',
  long: 'x'.repeat(10_000),
  'long without a place to break': '🎉'.repeat(10_000),
  emoji: '👩‍👩‍👧‍👦 Zoë',
  'accents on one letter': `A${'\u0301'.repeat(200)}`,
  'half an emoji': 'E\ud83d',
} as const
const names = Object.values(hostile)

/** Each of them everywhere: as a candidate, a title, a party, an organisation, a name written on the roll. */
function result() {
  const plain = sampleResult([
    ...(['plurality', 'stv-scottish'] as const).map((method) => ({
      ...{ title: 'Contest', method, options: names, seats: 2 },
      orders: ['9 1 2', '8 2 3', '7 3 1', '3 9 10'],
    })),
  ])
  return {
    ...plain,
    election: {
      ...plain.election,
      ...{ title: hostile.markup, organisation: hostile['turned around'] },
      description: hostile['escape sequences'],
    },
    turnout: {
      ...plain.turnout,
      units: names.map((name) => ({ unit: 'region' as const, name, voters: 20, voted: 9 })),
    },
    votes: names.map((name) => ({
      number: name.slice(0, 8),
      name,
      weight: '1',
      choices: [name, name],
    })),
    contests: plain.contests.map((contest, index) => ({
      ...contest,
      title: names[index * 3 + 1]!,
      description: names[index + 6]!,
      options: contest.options.map((option) => ({ ...option, party: option.name })),
    })),
  }
}

const document = result()
const earlier = names.map((title, year) => ({
  ...{ slug: `e${year}`, title, talliedAt: '2025-01-01T00:00:00.000Z', voters: 20, voted: 9 },
  winners: new Map([[document.contests[0]!.title, names]]),
}))
const summary = summaryOf(document, earlier)
/** Control characters but the end of a line, and those that turn text around. */
const steers = /[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('hostile names', () => {
  test('are text on the page, and nothing of them runs or turns the text around them', () => {
    const page = resultHtml(document, summary)
    expect(page.match(/<(script|img|iframe|link)|<[^>]*\son\w+=/i)).toBeNull()
    expect(steers.exec(page)).toBeNull()
    expect(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;')).toBe(true)
    expect(page.isWellFormed() || Buffer.from(page).toString().isWellFormed()).toBe(true)
  })

  test('are no formulas in CSV, and one field each', () => {
    const text = resultCsv(document)
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
    const rounds = document.contests.reduce((sum, { tabulation }) => sum + tabulation.rounds.length, 0)
    expect(rows).toHaveLength(rounds * (names.length + 2))
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    expect(steers.exec(text.replaceAll('\r\n', '\n'))).toBeNull()
  })

  test('are no formulas in the workbook, and no reason to take it for damaged', async () => {
    const entry = {
      ...{ position: 1, at: '2026-12-01T08:00:00.000Z', officer: hostile.formula, action: hostile.tab },
      ...{ details: { title: names.join(' ').repeat(4) }, hash: 'a'.repeat(64) },
    }
    const file = join(folder, 'hostile.xlsx')
    writeFileSync(file, await resultWorkbook(document, { summary, log: [entry] }))
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(file)
    for (const sheet of workbook.worksheets) {
      expect(sheet.name.length).toBeLessThanOrEqual(31)
      expect(sheet.name).not.toMatch(steers)
      sheet.eachRow((row) => {
        expect(row.height).toBeLessThanOrEqual(409)
        row.eachCell(({ value }) => {
          expect(['string', 'number']).toContain(typeof value)
          if (typeof value !== 'string') return
          expect(value.length).toBeLessThanOrEqual(32_767)
          expect(steers.exec(value)).toBeNull()
        })
      })
    }
  })

  test.skipIf(!hasPoppler)(
    'stand on paper as letters, or as the numbers of what is no letter',
    async () => {
      const file = join(folder, 'hostile.pdf')
      writeFileSync(file, await resultSheet(document, document.contests, summary.earlier))
      const pages = pagesOf(file)
      expect(pages.length).toBeLessThan(60)
      expect(steers.exec(pages.join(' '))).toBeNull()
      expect(pages.join(' ')).toContain('[U+202E]')
    },
    120_000,
  )

  test.each([
    ['JSON', () => resultJson(document)],
    ['the common data format', () => resultsCdf(document, '1.0.0')],
  ])('are in %s exactly, and move no terminal that shows it', (_, written) => {
    const text = written()
    expect(steers.exec(text)).toBeNull()
    for (const name of names.filter((each) => each.isWellFormed())) {
      expect(JSON.stringify(JSON.parse(text)).includes(JSON.stringify(name))).toBe(true)
    }
  })

  test('move no terminal', () => {
    const shown = resultText(document)
    expect(steers.exec(stripVTControlCharacters(shown))).toBeNull()
  }, 120_000)

  test('of ballots in BLT are read again as they were, as many', () => {
    const [contest] = sampleResult([
      { title: 'Contest', method: 'irv', options: names, orders: ['9 1 2', '8 2 3'] },
    ]).contests
    const ballots = readBlt('2 1\n1 1 0\n0\n"A"\n"B"\n"C"\n').ballots
    const file = {
      title: hostile.markup,
      options: contest!.tabulation.options,
      seats: 1,
      withdrawn: [],
      ballots,
    }
    const text = [...writeBlt(file)].join('')
    expect(readBlt(text).options).toHaveLength(names.length)
  })

  test('leave the summary with a line for each thing it says', () => {
    expect(summaryLines(summary)).toHaveLength(2 + document.contests.length + names.length)
  })
})

describe.skipIf(!hasOfficeSuite)('LibreOffice', () => {
  test('opens the workbook without a word of warning', async () => {
    const file = join(folder, 'board.xlsx')
    const short = names.filter((name) => name.length < 100)
    const board = sampleResult([...everyChart, { title: hostile.at, method: 'plurality', options: short }])
    writeFileSync(file, await resultWorkbook(board, { summary: summaryOf(board, []), log: undefined }))
    expect(converted(file, 'pdf', folder)).not.toMatch(/warn|error|repair|fail/i)
    expect(existsSync(join(folder, 'board.pdf'))).toBe(true)
  }, 300_000)
})
