import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Standing } from '../../src/election/standing.ts'
import { resultHtml } from '../../src/report/result-html.ts'
import { type EarlierElection, summaryOf } from '../../src/report/summary.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { barriersInEveryView, visit } from '../support/pages.ts'
import { hasPoppler, pagesOf } from '../support/pdf.ts'
import { everyChart, sampleResult } from '../support/result-samples.ts'

const earlier: EarlierElection[] = [
  {
    slug: 'board-2024',
    title: 'Board 2024',
    talliedAt: '2024-12-03T17:21:00.000Z',
    voters: 96,
    voted: 48,
    winners: new Map([['Treasurer', ['Ada']]]),
  },
]

function pageOf(standing: Standing): string {
  const result = sampleResult(everyChart, { standing })
  return resultHtml(result, summaryOf(result, earlier))
}

describe('the page of a result', () => {
  const page = pageOf('certified')

  test('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)|\bon\w+=|https?:|url\(|@import/i)
    expect(page).toContain("default-src 'none'")
  })

  test('closes every element that it opens', () => {
    const open: string[] = []
    for (const [, end, name, self] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
      if (end) expect(name).toBe(open.pop())
      else if (!self && name !== 'meta') open.push(name!)
    }
    expect(open).toEqual([])
  })

  test('has no two elements of the same id, however many contests there are', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, named] of page.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)) {
      for (const id of named!.split(' ')) expect(ids).toContain(id)
    }
  })

  test('says in words who is elected, by how much, and how many voted, then as before', () => {
    expect(page).toContain('Ada has 31 votes, Bo Nguyễn 14: a margin of 17.')
    expect(page).toContain('70 of 112 voters voted, 62.5%.')
    expect(page).toContain('48 of 96 voters, 50.0%. The turnout is 12.5 percentage points higher now.')
    expect(page).toContain('Ada was elected in &quot;Board 2024&quot; too.')
  })

  test('draws a bar for each round, as long as all votes, and a square for each seat', () => {
    const bars = [...page.matchAll(/<svg[^>]*class="rounds"[\s\S]*?<\/svg>/g)].map(([svg]) => svg)
    expect(bars).toHaveLength(2)
    for (const svg of bars) {
      const ends = new Map<string, number>()
      for (const [, x, y, width] of svg.matchAll(/x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g)) {
        ends.set(y!, Number(x) + Number(width))
      }
      expect(ends.size).toBeGreaterThan(1)
      for (const end of ends.values()) expect(end).toBeCloseTo(640, 1)
    }
    const seats = /<svg[^>]*class="seats"[\s\S]*?<\/svg>/.exec(page)?.[0] ?? ''
    expect(seats.match(/<rect/g)).toHaveLength(9)
  })

  test('has the heads by which anybody can check it', () => {
    const { board, secrecy } = sampleResult(everyChart)
    for (const each of [...Object.values(board), secrecy.sentence]) expect(page).toContain(each)
  })

  test('warns of nothing where it is certified', () => {
    expect(page).not.toMatch(/NOT CERTIFIED|REHEARSAL/)
  })
})

test.each([
  ['rehearsal', 'REHEARSAL: nobody is elected by this'],
  ['not-certified', 'NOT CERTIFIED: the officers have not declared'],
] as const)('what is %s says so at the head, at each contest and at the foot', (standing, says) => {
  const page = pageOf(standing)
  // At the head, at each contest, and in the style at the foot of every sheet.
  expect(page.split(says).length - 1).toBe(2 + everyChart.length)
  expect(page).not.toContain('class="standing certified"')
})

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    browser = await startBrowser()
    folder = mkdtempSync(join(tmpdir(), 'urna-'))
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function written(standing: Standing): string {
    const file = join(folder, `${standing}.html`)
    writeFileSync(file, pageOf(standing))
    return `file://${file}`
  }

  test.each(['rehearsal', 'certified'] as const)(
    'a result that is %s can be read by everybody, in every view',
    async (standing) => {
      const { page, complaints, strangers, end } = await visit(browser, written(standing))
      expect(await barriersInEveryView(page, `result ${standing}`)).toEqual([])
      expect([complaints, strangers]).toEqual([[], []])
      await end()
    },
    120_000,
  )

  test.skipIf(!hasPoppler)(
    'every sheet that is printed of a rehearsal says that it is one',
    async () => {
      const { page, end } = await visit(browser, written('rehearsal'))
      const file = join(process.env.URNA_SHOTS ?? folder, 'rehearsal.pdf')
      await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true })
      await end()
      const sheets = pagesOf(file)
      expect(sheets.length).toBeGreaterThan(everyChart.length)
      for (const sheet of sheets) expect(sheet).toContain('REHEARSAL: nobody is elected by this')
    },
    120_000,
  )
})
