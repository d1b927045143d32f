import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import Vote from '../../commands/vote.ts'
import { findElection } from '../../src/election/find-election.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { barriers } from '../support/pages.ts'
import { runCommand } from '../support/run-command.ts'
import {
  chair,
  committee,
  exportedArchive,
  type SmallElection,
  votedElection,
} from '../tally/small-election.ts'
import { ingestAll } from '../voting/fixtures.ts'
import { keyboard } from './hands.ts'

describe.skipIf(!hasBrowser)('a ballot page without a network', () => {
  let urna: SmallElection
  let browser: Browser

  beforeAll(async () => {
    urna = await votedElection({ contests: [chair, committee], votes: [] })
    browser = await startBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await urna?.close()
  })

  async function electionFile(): Promise<string> {
    const { sealed_json } = await urna.work.read((tx) => findElection(tx, urna.slug))
    const path = join(urna.folder, 'chapter.election.json')
    writeFileSync(path, sealed_json!)
    return path
  }

  test.each(['archive', 'election'] as const)(
    'made of the %s alone it seals a ballot that is taken in',
    async (kind) => {
      const source = kind === 'archive' ? await exportedArchive(urna) : await electionFile()
      const file = join(urna.folder, `${kind}.html`)
      const made = await runCommand(Vote, [source, '--page', file])
      expect(made.status).toBe(0)

      const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true })
      const page = await context.newPage()
      await context.setOffline(true)
      const faults: string[] = []
      const requests: string[] = []
      page.on('console', (said) => faults.push(said.text()))
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('request', (request) => requests.push(request.url()))
      await page.goto(pathToFileURL(file).href)
      const hand = keyboard(page)
      const press = (name: string) => hand.press(page.getByRole('button', { name, exact: true }))
      const voter = kind === 'archive' ? '1000' : '1001'
      const field = page.getByRole('textbox', { name: 'Voting token' })
      if (kind === 'archive') {
        await hand.type(field, 'ABCDE-ABCDEF-ABCDE-ABCDEF')
        await press('Continue')
        await page.getByRole('alert').getByText('This token is not of this election.').waitFor()
        await field.fill('')
      }
      await hand.type(field, urna.tokens.get(voter)!)
      await press('Continue')
      await press('Begin')
      await hand.choose(page.getByRole('radio', { name: 'Bo' }))
      await press('Continue')
      await press('Rank 1: Flo')
      await press('Rank 2: Di')
      await press('Continue')
      await press('Seal')
      await page.getByRole('heading', { name: 'Your ballot is sealed' }).waitFor()
      expect(await barriers(page)).toEqual([])
      const saving = page.waitForEvent('download')
      await press('Save the ballot as a file')
      const saved = await saving
      const code = (await page.locator('code').innerText()).trim()
      const ballot = readFileSync(await saved.path(), 'utf8')
      expect(saved.suggestedFilename()).toMatch(/^(archive-\d+|chapter)-[A-Za-z0-9]{8}\.ballot\.json$/)
      expect(faults).toEqual([])
      expect(requests.filter((url) => !/^(file|blob):/.test(url))).toEqual([])

      const [ingested] = await ingestAll(urna.work, [ballot], { election: urna.slug })
      expect(ingested).toMatchObject({ outcome: 'accepted', trackingCode: code })
      expect((await runCommand(Vote, [source, '--page', file])).status).toBe(5)
    },
  )
})
