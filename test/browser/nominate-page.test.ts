import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createElection } from '../../src/election/create-election.ts'
import { listNominations } from '../../src/election/nominations/list-nominations.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { addMembers, electionDraft, someMembers } from '../support/election.ts'
import { letNominate, linksFor, putUp } from '../support/nominees.ts'
import { barriersInEveryView, missingTexts, visit } from '../support/pages.ts'
import { portraitWithPlace } from '../support/pictures.ts'
import { type Serving, serve } from '../support/serving.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

const slug = 'board-2026'

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser
  let urna: TemporaryUrna
  let serving: Serving
  let link: string
  beforeAll(async () => {
    browser = await startBrowser()
    urna = await temporaryUrna()
    await addMembers(urna.work, someMembers(3))
    await createElection({ work: urna.work, group: await loadGroup() }, electionDraft({ slug }))
    serving = await serve(urna)
    await letNominate(urna, slug)
    await putUp(urna, slug, 'Di Moreau')
    link = (await linksFor(urna, slug, serving.url)).get('Di Moreau')!
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await serving?.close()
    await urna?.close()
  })

  const nomination = async () => (await listNominations(urna.work, slug)).contests[0]!.nominations[0]

  test('a nominee accepts with a statement and a picture, changes them, and withdraws', async () => {
    const { page, complaints, strangers, end } = await visit(browser, link)
    expect(page.url()).toBe(`${serving.url}/nominate/${slug}`)
    await page.getByText('You have not answered yet.').waitFor()
    await page.getByLabel('What you say to the voters').fill('Lower dues.\nOpen books.')
    const file = { name: 'me.jpg', mimeType: 'image/jpeg', buffer: await portraitWithPlace() }
    await page.getByLabel('A picture of you').setInputFiles(file)
    await page.getByRole('button', { name: 'Accept and stand' }).click()
    await page.getByText('Your answer is saved.').waitFor()
    await page.getByText('You have accepted: you stand for it.').waitFor()
    expect(await nomination()).toMatchObject({
      ...{ state: 'accepted', statement: 'Lower dues.\nOpen books.', photo: true },
    })
    expect(await barriersInEveryView(page, 'nomination')).toEqual([])
    expect(await missingTexts(page)).toEqual([])
    const wrong = { name: 'me.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') }
    await page.getByLabel('A picture of you').setInputFiles(wrong)
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByText("The picture can't be used").waitFor()
    await page.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByText('You have withdrawn.').waitFor()
    expect(await nomination()).toMatchObject({ state: 'withdrawn' })
    expect([complaints, strangers]).toEqual([[], []])
    await end()
  }, 120_000)

  test('a link that is none says so, and not whether there is such an election', async () => {
    for (const address of [`/nominate/${slug}#n=urna_nominee_${'a'.repeat(43)}`, '/nominate/none']) {
      const { page, complaints, end } = await visit(browser, serving.url + address)
      await page.getByText('This link is not of a nomination that is going on.').waitFor()
      expect(complaints).toEqual([])
      await end()
    }
  }, 60_000)
})
