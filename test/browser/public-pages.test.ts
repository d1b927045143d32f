import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishResult } from '../../src/election/publication.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { barriers, barriersInEveryView, missingTexts, takePicture, visit } from '../support/pages.ts'
import { type Serving, serve } from '../support/serving.ts'
import {
  chair,
  choice,
  contestOf,
  ranking,
  type SmallElection,
  talliedElection,
} from '../tally/small-election.ts'
import { group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const blank = [{ kind: 'blank' } as const]

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser?.close())

  /** Looks at a page in every view and every language. */
  async function inEveryView(name: string, address: string): Promise<void> {
    const { page, complaints, strangers, end } = await visit(browser, address)
    expect(await barriersInEveryView(page, name)).toEqual([])
    expect(await missingTexts(page)).toEqual([])
    expect([complaints, strangers]).toEqual([[], []])
    await end()
  }

  describe('while an election is open', () => {
    let box: Opened
    let serving: Serving
    let codes: string[]
    beforeAll(async () => {
      box = await openedElection({ voters: 12, contests: 'committee' })
      const ballots = ['1001', '1002', '1001'].map((number) => sealVote(box, number, blank))
      codes = (await ingestAll(box.work, ballots)).map((each) =>
        'trackingCode' in each ? each.trackingCode : '',
      )
      serving = await serve(box)
    })
    afterAll(async () => {
      await serving?.close()
      await box?.close()
    })

    test('the list of elections leads to the ballot and the board', async () => {
      await inEveryView('home', serving.url)
      const { page, end } = await visit(browser, serving.url)
      await page.getByRole('link', { name: 'Public board' }).click()
      await page.getByRole('heading', { level: 1, name: 'Northern Chapter 2026' }).waitFor()
      await end()
    })

    test('the board can be read by everybody, in every view', async () => {
      await inEveryView('board', `${serving.url}/board/${box.slug}`)
    })

    test('a voter finds the ballot with the keyboard alone', async () => {
      const { page, end } = await visit(browser, `${serving.url}/board/${box.slug}`)
      await page.getByLabel('Your tracking code').focus()
      for (const [code, says] of [
        [codes[1], 'Your ballot is on the board, and it counts.'],
        [codes[0], 'A later ballot of the same voter took its place.'],
        ['nothing', 'No ballot with this tracking code is on the board.'],
      ]) {
        await page.keyboard.press('Control+A')
        await page.keyboard.type(code!)
        await page.keyboard.press('Enter')
        await page.getByText(says!).waitFor()
      }
      await end()
    })

    test('two who look at the board see the count rise within a second of a vote', async () => {
      const [one, two] = await Promise.all(
        [1, 2].map(() => visit(browser, `${serving.url}/board/${box.slug}`)),
      )
      for (const { page } of [one!, two!]) await page.getByText('2 ballots that count').waitFor()
      await ingestAll(box.work, [sealVote(box, '1003', blank)])
      const start = performance.now()
      await Promise.all([one!, two!].map(({ page }) => page.getByText('3 ballots that count').waitFor()))
      expect(performance.now() - start).toBeLessThan(1000)
      await one!.end()
      await two!.end()
    })

    test('there is no result to look at', async () => {
      await inEveryView('results before', `${serving.url}/results/${box.slug}`)
      const { page, end } = await visit(browser, `${serving.url}/results/${box.slug}`)
      await page.getByText('The result is not published yet.').waitFor()
      await end()
    })

    test('who has no JavaScript is told so by every page, in every language', async () => {
      for (const path of ['', `board/${box.slug}`, `vote/${box.slug}`, `results/${box.slug}`, 'officer']) {
        const { page, end } = await visit(browser, `${serving.url}/${path}`, { javaScriptEnabled: false })
        const said = page.locator('noscript p')
        const languages = await said.evaluateAll((texts) => texts.map((text) => text.getAttribute('lang')))
        expect([path, languages]).toEqual([path, ['en', 'es', 'fr']])
        expect(await said.first().innerText()).toBe(
          'This page works with JavaScript only. Turn it on in your browser, or use another one.',
        )
        await end()
      }
    })

    test('an address of nothing says so', async () => {
      for (const path of ['board', 'results', 'vote'].flatMap((name) => [`${name}/nothing`, `${name}/%`])) {
        const { page, complaints, end } = await visit(browser, `${serving.url}/${path}`)
        expect(await page.innerText('main')).toMatch(/There is no/)
        expect([path, complaints]).toEqual([path, []])
        await end()
      }
    })
  })

  describe('after the publication', () => {
    const committee = contestOf('Committee', 'stv-scottish', ['Di', 'Eli', 'Flo', 'Gus'], { seats: 2 })
    const delegate = contestOf('Delegate <b>', 'schulze', ['Hal', 'Ida', 'Jo'])
    const orders = [[0, 1, 2], [0, 1], [0, 2], [0, 2], [1], [2, 1], [3, 2]]
    let election: SmallElection
    let serving: Serving
    beforeAll(async () => {
      election = await talliedElection({
        contests: [chair, committee, delegate],
        weightsMicros: Array.from({ length: 24 }, () => 1_000_000),
        votes: orders.map((order, voter) => [
          voter,
          [choice(voter % 2), ranking(...order), ranking(voter % 3, (voter + 1) % 3)],
        ]),
      })
      serving = await serve(election)
      const before = await visit(browser, `${serving.url}/results/${election.slug}`)
      await before.page.getByText('The result is not published yet.').waitFor()
      await before.end()
      await publishResult(election.work, { election: election.slug })
    })
    afterAll(async () => {
      await serving?.close()
      await election?.close()
    })

    test('the result is shown with the tables and charts of the counting report', async () => {
      await inEveryView('results', `${serving.url}/results/${election.slug}`)
      const { page, end } = await visit(browser, `${serving.url}/results/${election.slug}`)
      await page.getByText('Elected: Ada.').waitFor()
      await page.getByText('Elected: Di and Flo.').waitFor()
      // Who is elected comes before what few will compare.
      expect(await page.innerText('main')).toMatch(/Elected: Ada.*Fingerprint of the election/s)
      await page.getByRole('img', { name: 'How votes went from round to round' }).waitFor()
      await page.getByRole('group', { name: 'Comparison in pairs' }).waitFor()
      await page.getByRole('heading', { name: 'Delegate <b>' }).waitFor()
      await end()
    })

    test('the workbook and the document can be downloaded, and hold nothing of the audit log', async () => {
      const address = `${serving.url}/api/elections/${election.slug}/results/`
      const { default: ExcelJS } = await import('exceljs')
      const workbook = new ExcelJS.Workbook()
      await workbook.xlsx.load(await (await fetch(`${address}export/`)).arrayBuffer())
      const sheets = workbook.worksheets.map(({ name }) => name)
      expect(sheets).toContain('Turnout')
      expect(sheets).not.toContain('Audit log')
      const text = await (await fetch(address)).text()
      expect(text).toContain('urna-result')
      expect(text).not.toMatch(/Voter Number|"100\d"/)
    })

    test('a changed archive is found out in the browser at the very place where urna verify finds it', async () => {
      const address = `${serving.url}/api/elections/${election.slug}/archive/`
      const archive = Buffer.from(await (await fetch(address)).arrayBuffer())
      const text = archive.toString('latin1')
      const at = text.lastIndexOf('"result":[[') + 13
      const changes = {
        'in the result': Buffer.from(`${text.slice(0, at)}9${text.slice(at + 1)}`, 'latin1'),
        'cut short': archive.subarray(0, archive.length - 700),
      }
      for (const [change, tampered] of Object.entries(changes)) {
        const { checks } = await verifyArchive(group, [tampered])
        const { page, end } = await visit(browser, `${serving.url}/board/${election.slug}`)
        await page.route('**/archive/', (route) => route.fulfill({ body: tampered }))
        await page.getByRole('button', { name: 'Verify now' }).click()
        await page.getByText('This archive does not verify.').waitFor({ timeout: 50_000 })
        const lines = page.locator('ul.checks li')
        const outcomes = await lines.evaluateAll((items) => items.map((item) => item.getAttribute('class')))
        expect([change, outcomes]).toEqual([change, checks.map(({ outcome }) => outcome)])
        const failed = checks.find(({ outcome }) => outcome === 'failed')!
        const said = await page.locator('ul.checks li.failed').first().innerText()
        expect(said).toContain(failed.reason!.replaceAll('-', ' '))
        expect(said).toContain(failed.place!.file)
        await end()
      }
    })

    test('a verification that takes too long is called off', async () => {
      const { page, end } = await visit(browser, `${serving.url}/board/${election.slug}`)
      await page.route('**/archive/', () => {})
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Verify now' }).waitFor()
      await end()
    })

    test('the browser verifies what urna verify does, and says it in a sentence for each check', async () => {
      const { page, complaints, end } = await visit(browser, `${serving.url}/board/${election.slug}`)
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.getByText('Verified: the result follows from the ballots.').waitFor({ timeout: 50_000 })
      expect(await page.locator('ul.checks li.passed').count()).toBe(11)
      await page.getByText('Committee: Elected: Di, Flo').waitFor()
      await takePicture(page, 'verified')
      expect(await barriers(page)).toEqual([])
      expect(complaints).toEqual([])
      await end()
    })
  })
})
