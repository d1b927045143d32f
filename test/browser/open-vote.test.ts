import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeElection } from '../../src/election/close-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { barriers, visit } from '../support/pages.ts'
import { type Serving, serve } from '../support/serving.ts'
import { group, type Opened, openedElection } from '../voting/fixtures.ts'
import { mouse } from './hands.ts'
import { vote } from './voter.ts'

describe.skipIf(!hasBrowser)('a vote that is not secret, in a browser', () => {
  let box: Opened
  let serving: Serving
  let browser: Browser

  beforeAll(async () => {
    box = await openedElection({ visibility: 'named' })
    serving = await serve(box)
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await serving?.close()
    await box?.close()
  })

  test('an open vote says so before anything is asked, and is cast and counted', async () => {
    const { page, complaints, end } = await visit(browser, `${serving.url}/vote/${box.slug}`)
    const said: string[] = []
    const code = await vote(page, mouse(), [{ choose: ['Ada'] }, { rank: [['Flo'], ['Di']] }], {
      token: box.tokens.get('1001')!,
      cast: 'Sign and cast',
      atStep: async (step) => {
        said.push(`${step}: ${await page.locator('main').innerText()}`)
        if (step === 'token' || step === 'receipt') expect(await barriers(page)).toEqual([])
      },
    })
    expect(said[0]).toMatch(/^token: .*by name, not secret: how you voted is published/s)
    expect(said[1]).toMatch(/^about: .*by name, not secret/s)
    expect(said.join()).not.toMatch(/\bseal(ed)?\b(?! and )(?<!not sealed)/)

    const board = await visit(browser, `${serving.url}/board/${box.slug}`)
    expect(await board.page.locator('main').innerText()).toContain('once the result is published')
    await board.page.getByText(code).first().waitFor()
    expect(await board.page.locator('a[download]').count()).toBe(0)

    const deps = { work: box.work, group }
    await closeElection(deps, box.slug)
    await runTally(deps, { slug: box.slug, seed: undefined })
    await publishResult(box.work, { election: box.slug })
    await board.page.reload()
    await board.page.getByRole('button', { name: /Verify/ }).click()
    await board.page.getByText('Each ballot is signed with a token of this election').waitFor()
    await board.page.getByText('Ada').first().waitFor()

    const results = await visit(browser, `${serving.url}/results/${box.slug}`)
    const table = results.page.locator('section', { hasText: 'Who voted what' }).locator('tbody')
    expect(await table.innerText()).toMatch(/Ada\s+1 Flo, 2 Di/)
    expect(await barriers(results.page)).toEqual([])
    expect([...complaints, ...board.complaints, ...results.complaints]).toEqual([])
    await Promise.all([end(), board.end(), results.end()])
  })
})
