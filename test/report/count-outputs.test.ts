import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { countText } from '../../src/cli/count-text.ts'
import { plainPage } from '../../src/cli/pages.ts'
import { textWidth } from '../../src/cli/wrap.ts'
import { countCsv } from '../../src/report/count-csv.ts'
import { renderCountHtml } from '../../src/report/count-html.ts'
import { countJson } from '../../src/report/count-json.ts'
import type { CountReport } from '../../src/report/count-report.ts'
import { countSchema } from '../../src/report/count-schema.ts'
import { countWorkbook } from '../../src/report/count-workbook.ts'
import { groupingOf } from '../../src/tabulation/ballot-grouping.ts'
import type { BallotGroups, BallotKind } from '../../src/tabulation/ballot-groups.ts'
import { ballotKinds } from '../../src/tabulation/define-method.ts'
import type { Method } from '../../src/tabulation/method.ts'
import { methods } from '../../src/tabulation/registry.ts'
import { tieBreaksOf } from '../../src/tally/lot.ts'
import { reportOf } from '../support/count-report.ts'

const names = ['Maria de los Ángeles Fernández-Villaverde', '=Bo', '  <script>', '佐藤 さくら']

/** They have yes, no and abstain. */
const motions = ['approval-motion', 'approval']

/** Ballots with ties, a blank one and a weight that is no whole number, as each kind has them. */
const entries: Record<BallotKind, readonly (readonly number[])[]> = {
  rankings: [[0, 1], [1, 0, 2], [2, 0], [], [0], [1, 2, 0]],
  selections: [[0], [1], [2], [], [0, 1], [1]],
  scores: [[0, 2, 1, 1, 2, 0], [1, 2, 0, 1], [2, 2, 0, 1], [], [0, 1], [1, 1, 2, 2]],
}

function ballotsOf(kind: BallotKind, optionCount: number): BallotGroups {
  const grouping = groupingOf(kind, optionCount, 'kept')
  for (const ballot of entries[kind]) grouping.add(ballot, 2)
  return grouping.finish()
}

function countedBy(method: Method, seed?: string): CountReport {
  const options = motions.includes(method.id) ? names.slice(0, 3) : names
  const tabulation = method.tabulate({
    ...{ options, seats: 1, rules: {}, tieBreaks: tieBreaksOf(seed), trace: 0 },
    ballots: ballotsOf(ballotKinds[method.style], options.length),
  })
  return reportOf(method, tabulation, seed)
}

describe.each(methods.map((method) => [method.id, method] as const))('a count by %s', (_, method) => {
  const reports = [countedBy(method), countedBy(method, 'seed')]

  test('fits on a page of any width, and leaves no option out', () => {
    for (const report of reports) {
      for (const width of [40, 72, 80, 200]) {
        const text = countText(report, { page: { ...plainPage, width }, detail: 'everything' })
        // What has no place to break, a hash of 64 digits, is broken anywhere.
        const widest = Math.max(...text.split('\n').map(textWidth))
        expect(widest, text).toBeLessThanOrEqual(width)
        for (const { option } of report.tabulation.winners) {
          expect(text).toContain(report.tabulation.options[option]!.trim().split(' ')[0])
        }
      }
    }
  })

  test('follows the published schema', () => {
    for (const report of reports) {
      const json = countSchema.parse(JSON.parse(JSON.stringify(countJson(report))))
      expect(json.winners).toHaveLength(report.tabulation.winners.length)
    }
  })

  test('is in CSV, workbook and page', async () => {
    for (const report of reports) {
      const rows = parse(countCsv(report), { bom: true, columns: true })
      expect(rows.length).toBe(report.tabulation.rounds.length * (report.tabulation.options.length + 2))
      expect(renderCountHtml(report)).not.toContain('<script>')
      const workbook = await new ExcelJS.Workbook().xlsx.load(
        (await countWorkbook(report)).buffer as ArrayBuffer,
      )
      expect(workbook.worksheets.length).toBeGreaterThanOrEqual(3)
    }
  })
})
