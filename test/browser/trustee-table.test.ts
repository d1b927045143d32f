import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { continueWork } from '../../src/tally/ceremony/continue-work.ts'
import { declareGroup } from '../../src/tally/ceremony/declare-group.ts'
import { writeOfficerMessage } from '../../src/tally/ceremony/officer-message.ts'
import type { Invitation } from '../../src/tally/remote/invitation.ts'
import { inviteTrustees } from '../../src/tally/remote/invite-trustees.ts'
import { workRemotely } from '../../src/tally/remote/work-remotely.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { ask, board, type Office, openOffice } from '../support/office.ts'
import { barriersInEveryView, missingTexts, visit } from '../support/pages.ts'
import { type Serving, serve } from '../support/serving.ts'
import { group } from '../voting/fixtures.ts'

const names = ['Ruth', 'Sam', 'Tess']

describe.skipIf(!hasBrowser)('the officers’ page, of trustees who work through the server,', () => {
  let browser: Browser
  let office: Office
  let serving: Serving
  const files = new Map<string, string>()
  beforeAll(async () => {
    browser = await startBrowser()
    office = await openOffice({ alone: true })
    serving = await serve(office)
    const { work, folder } = office
    await declareGroup({ work, group }, { slug: board, threshold: 2, names, begun: 'keep' })
    const asked = { slug: board, server: serving.url, folder, again: undefined }
    for (const { name, file } of (await inviteTrustees(work, asked)).invited) files.set(name, file)
  })
  afterAll(async () => {
    await browser?.close()
    await serving?.close()
    await office?.close()
  })

  const act = (name: string) =>
    workRemotely(group, {
      ...{ invitation: files.get(name)!, keyFile: undefined, folder: office.folder },
      ...{ onStep: () => {}, progress: () => {} },
    })

  /** What Sam sends is not signed by who made it. */
  async function lie(): Promise<void> {
    const { work, folder } = office
    const { file: source } = await writeOfficerMessage({ work, group }, { slug: board, folder })
    const asked = { source, keyFile: undefined, name: 'Sam', folder, chooseName: async () => 'Sam' }
    const { file } = await continueWork(group, asked)
    const answer = JSON.parse(readFileSync(join(file), 'utf8'))
    answer.signature = answer.signature.replace(/\d/g, (digit: string) => String(9 - Number(digit)))
    const { secret } = JSON.parse(readFileSync(files.get('Sam')!, 'utf8')) as Invitation
    const url = `${serving.url}/api/elections/${board}/trustee/answers/`
    expect((await ask(url, { method: 'POST', key: secret, body: answer })).status).toBe(422)
  }

  test('shows one by one who has done their part, who is awaited, and who was refused and why', async () => {
    await act('Ruth')
    await lie()
    const { page, complaints, strangers, end } = await visit(browser, `${serving.url}/officer/${board}`)
    await page.getByLabel('Your API key').fill(office.keyOf('observer'))
    await page.keyboard.press('Enter')
    await page.getByText('Key ceremony, round 1 of 3: certificates').waitFor()
    await page.getByText('Awaited: Sam, Tess', { exact: true }).waitFor()
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) }).innerText()
    expect(await row('Ruth')).toMatch(/Ruth\s+Done/)
    expect(await row('Sam')).toMatch(/Sam\s+Awaited\s+Refused on .*: it is not signed by who made/)
    expect(await row('Tess')).toMatch(/Tess\s+Awaited$/)
    expect(await barriersInEveryView(page, 'office trustees')).toEqual([])
    expect(await missingTexts(page)).toEqual([])
    // The truth comes, and the page follows by itself.
    await act('Sam')
    await page.getByText('Awaited: Tess', { exact: true }).waitFor()
    await page.getByText('Refused on').waitFor({ state: 'detached' })
    // A share that lies is seen by its reader alone, who tells the officers.
    const { secret } = JSON.parse(readFileSync(files.get('Tess')!, 'utf8')) as Invitation
    const url = `${serving.url}/api/elections/${board}/trustee/objections/`
    const body = { reason: 'the share that Sam sent you can not be read' }
    expect((await ask(url, { method: 'POST', key: secret, body })).status).toBe(200)
    await page.getByText(`Tess does not go on: “${body.reason}”`).waitFor()
    expect([complaints, strangers]).toEqual([[], []])
    await end()
  })

  test.each([
    ['es-ES', 'Custodios', 'Ceremonia de claves, ronda 1 de 3: certificados', 'Se le espera'],
    ['fr-FR', 'Dépositaires', 'Cérémonie des clés, tour 1 sur 3 : certificats', 'Attendu'],
  ])('says so in the language of %s', async (locale, heading, step, awaited) => {
    const { page, end } = await visit(browser, `${serving.url}/officer/${board}`, { locale })
    await page.locator('input').first().fill(office.keyOf('observer'))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: heading }).waitFor()
    await page.getByText(step).waitFor()
    await page.getByRole('cell', { name: awaited }).waitFor()
    expect(await missingTexts(page)).toEqual([])
    await end()
  })
})
