import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findElection } from '../../src/election/find-election.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { board, type Office, openOffice } from '../support/office.ts'
import { barriersInEveryView, missingTexts, visit } from '../support/pages.ts'
import { type Serving, serve } from '../support/serving.ts'
import { formOf, group, ingestAll, sealVote, tokensIn } from '../voting/fixtures.ts'

const title = 'Board 2026'

describe.skipIf(!hasBrowser)('the officers’ page', () => {
  let browser: Browser
  let office: Office
  let serving: Serving
  let tokens: ReadonlyMap<string, string>
  beforeAll(async () => {
    browser = await startBrowser()
    office = await openOffice({ alone: true })
    const { work, folder } = office
    await work.write('test', async ({ db }) => {
      await db.insertInto('member').values(newMembers(organisationIdOf)).execute()
    })
    const out = join(folder, 'tokens.csv')
    await issueTokens({ work, group }, { election: board, out, reserve: 0, expires: undefined })
    tokens = tokensIn(out)
    serving = await serve(office)
  })
  afterAll(async () => {
    await browser?.close()
    await serving?.close()
    await office?.close()
  })

  const organisationIdOf = 1

  /** Enough of two regions that both are told by name. */
  function newMembers(organisation_id: number) {
    return Array.from({ length: 40 }, (_, index) => ({
      ...{ organisation_id, number: String(500 + index), name: `Member ${index}` },
      region: index % 2 === 0 ? 'North' : 'South',
      ...{ weight_micros: 1_000_000, custom: '{}' },
      ...{ created_at: '2026-03-02T09:00:00.000Z', updated_at: '2026-03-02T09:00:00.000Z' },
    }))
  }

  async function signIn(page: Page, key: string): Promise<void> {
    await page.getByLabel('Your API key').fill(key)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
  }

  async function confirm(page: Page, deed: string): Promise<void> {
    await page.getByRole('button', { name: deed }).click()
    const dialog = page.getByRole('dialog', { name: deed })
    const button = dialog.getByRole('button', { name: deed })
    const changes: string[] = []
    page.on('request', (request) => request.method() === 'POST' && changes.push(request.url()))
    for (const typed of ['', 'Board 2025', 'yes']) {
      await dialog.getByRole('textbox').fill(typed)
      expect([typed, await button.isDisabled()]).toEqual([typed, true])
      await page.keyboard.press('Enter')
    }
    expect([await dialog.isVisible(), changes]).toEqual([true, []])
    await dialog.getByRole('textbox').fill(title)
    await button.click()
    await page.getByText('Done.').waitFor()
  }

  async function cast(numbers: readonly string[]): Promise<void> {
    const { sealed_json } = await office.work.read((tx) => findElection(tx, board))
    const form = formOf(sealed_json!)
    const ballots = numbers.map((number) => sealVote({ form, tokens }, number))
    const outcomes = (await ingestAll(office.work, ballots, { election: board })).map(
      ({ outcome }) => outcome,
    )
    expect(new Set(outcomes)).toEqual(new Set(['accepted']))
  }

  test('an unknown key is refused in one sentence, and is nowhere after that', async () => {
    const { page, end } = await visit(browser, `${serving.url}/officer`)
    expect(await barriersInEveryView(page, 'office before')).toEqual([])
    expect(await missingTexts(page)).toEqual([])
    await page.getByLabel('Your API key').fill('urna_nobody_has_this_key')
    await page.keyboard.press('Enter')
    await page.getByText('This key does not count here.').waitFor()
    expect(page.url()).not.toContain('nobody')
    const kept = await page.evaluate('[...Object.values(localStorage), ...Object.values(sessionStorage)]')
    expect(kept).toEqual([])
    await end()
  })

  test('an officer opens, watches, pauses, resumes and closes a vote', async () => {
    const { page, complaints, strangers, end } = await visit(browser, `${serving.url}/officer`)
    await signIn(page, office.keyOf('owner'))
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByText('Nothing keeps it from opening.').waitFor()
    expect(await barriersInEveryView(page, 'office draft')).toEqual([])
    await confirm(page, 'Open the vote')
    await page.getByText('0 of 52 have voted').waitFor()

    const voters = Array.from({ length: 12 }, (_, index) => String(500 + index))
    await cast(voters.slice(0, 4))
    await page.getByText('4 of 52 have voted').waitFor({ timeout: 3000 })
    office.clock.advance(1800)
    await cast(voters.slice(4))
    await page.getByText('12 of 52 have voted').waitFor({ timeout: 3000 })
    // Six of each region by now; while the vote goes on they are told in fives.
    const north = page.getByRole('row', { name: /North/ })
    await north.waitFor()
    expect(await north.innerText()).toMatch(/20\s+5\s/)

    await confirm(page, 'Pause the vote')
    await page.getByText('Paused', { exact: true }).waitFor()
    await page.getByText('The same as a table').click()
    await page.getByRole('row', { name: /4\s+7\.7%/ }).waitFor()
    expect(await barriersInEveryView(page, 'office')).toEqual([])
    expect(await missingTexts(page)).toEqual([])
    await confirm(page, 'Resume the vote')
    await page.getByText('Open', { exact: true }).waitFor()

    await page.getByText('None is recorded.').waitFor()
    await page.getByText('Record an incident').click()
    const record = page.getByRole('button', { name: 'Record it' })
    await record.click()
    await page.getByLabel('What happened').fill('The server was down for ten minutes.')
    await page.getByLabel('How many are affected').fill('3')
    await page.getByLabel('Of what').selectOption('voters')
    expect(await barriersInEveryView(page, 'office incident')).toEqual([])
    await record.click()
    await page.getByText('It is recorded.').waitFor()
    const incident = page.getByRole('listitem').filter({ hasText: 'The server was down for ten minutes.' })
    await incident.getByText('3 voters are affected. Whether so many could change the outcome').waitFor()
    expect(await incident.count()).toBe(1)
    expect(await barriersInEveryView(page, 'office incidents')).toEqual([])
    expect(await missingTexts(page)).toEqual([])

    await page.getByRole('button', { name: 'Close the vote for good' }).click()
    expect(await barriersInEveryView(page, 'office dialog')).toEqual([])
    await page.keyboard.press('Escape')
    await confirm(page, 'Close the vote for good')
    await page.getByText('Closed', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Your API key').waitFor()
    await page.reload()
    await page.getByLabel('Your API key').waitFor()
    expect([complaints, strangers]).toEqual([[], []])
    await end()
  })

  test('whoever oversees sees the same, and is offered nothing to do', async () => {
    const { page, end } = await visit(browser, `${serving.url}/officer/${board}`)
    await signIn(page, office.keyOf('observer'))
    await page.getByText('12 of 52 have voted').waitFor()
    await page.getByText('The server was down for ten minutes.').waitFor()
    expect(await page.getByText('Record an incident').count()).toBe(0)
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Sign out'])
    await end()
  })

  test('a session that was ended elsewhere leads back to the key', async () => {
    const { page, end } = await visit(browser, `${serving.url}/officer`)
    const key = await office.makeKey()
    await signIn(page, key)
    await office.revoke(key)
    await page.getByText('Your session is over. Sign in again.').waitFor({ timeout: 40_000 })
    await end()
  })
})
