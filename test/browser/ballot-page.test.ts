import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Message, MessageSender } from '../../src/delivery/message-sender.ts'
import { storePhoto } from '../../src/election/candidate-photo.ts'
import { createElection } from '../../src/election/create-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { contestDraft, electionDraft } from '../support/election.ts'
import { barriers, missingTexts } from '../support/pages.ts'
import { photoFrom } from '../support/pictures.ts'
import { type Serving, serve } from '../support/serving.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { addMembers, group, tokensIn } from '../voting/fixtures.ts'
import { boxOf, dragByMouse } from './hands.ts'

/** How much of each element is to be seen, with all that it stands in. */
function opacities(elements: unknown[]): number[] {
  const { getComputedStyle } = globalThis as unknown as {
    getComputedStyle(element: unknown): { opacity: string }
  }
  const seen = (element: unknown): number =>
    element === null
      ? 1
      : Number(getComputedStyle(element).opacity) *
        seen((element as { parentElement: unknown }).parentElement)
  return elements.map(seen)
}

/** A PNG. */
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const mailbox: Message[] = []
const mail: MessageSender = {
  send: async (message) => {
    mailbox.push(message)
  },
  close: async () => {},
}

describe.skipIf(!hasBrowser)('the ballot page', () => {
  let urna: TemporaryUrna
  let serving: Serving
  let browser: Browser
  let tokens: ReadonlyMap<string, string>

  beforeAll(async () => {
    urna = await temporaryUrna()
    await addMembers(urna.work, 8)
    const plans = [
      { slug: 'plain' },
      { slug: 'coded', code: 'email' },
      { slug: 'later', opensAt: '2026-03-09T08:00:00.000Z' },
      { slug: 'ranked', contests: [contestDraft({ title: 'Delegates', method: 'irv' })] },
    ] as const
    const contests = [
      contestDraft({ title: 'Chair' }),
      contestDraft({ title: 'Committee', method: 'block', seats: 2, min: 2, max: 2 }),
    ]
    const issued = new Map<string, string>()
    for (const plan of plans) {
      await createElection({ work: urna.work, group }, electionDraft({ contests, ...plan, title: plan.slug }))
      if (plan.slug === 'later') continue
      const out = `${urna.folder}/${plan.slug}.csv`
      await issueTokens(
        { work: urna.work, group },
        { election: plan.slug, out, reserve: 0, expires: undefined },
      )
      await addPhoto(plan.slug, 'Ana Duarte')
      await openElection({ work: urna.work, group }, plan.slug)
      for (const [number, token] of tokensIn(out)) issued.set(`${plan.slug} ${number}`, token)
    }
    tokens = issued
    serving = await serve(urna, { mail })
    browser = await startBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await serving?.close()
    await urna?.close()
  })

  async function addPhoto(slug: string, candidate: string): Promise<void> {
    const photo = await photoFrom(Buffer.from(onePixel, 'base64'))
    await urna.work.write('test', async (tx) => {
      const { id } = await findElection(tx, slug)
      const option = await tx.db
        .selectFrom('contest_option')
        .innerJoin('contest', 'contest.id', 'contest_option.contest_id')
        .select('contest_option.id')
        .where('contest.election_id', '=', id)
        .where('contest_option.name', '=', candidate)
        .executeTakeFirstOrThrow()
      await storePhoto(tx, option.id, photo)
    })
  }

  async function openPage(slug: string, number?: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options })
    const page = await context.newPage()
    const token = number === undefined ? '' : `#t=${tokens.get(`${slug} ${number}`)}`
    await page.goto(`${serving.url}/vote/${slug}${token}`)
    return page
  }

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

  async function fillIn(page: Page): Promise<void> {
    await press(page, 'Begin')
    await page.getByLabel('Bo Lindqvist').check()
    await press(page, 'Continue')
    await page.getByLabel('Ana Duarte').check()
    await page.getByLabel('Carmen Ruiz').check()
    await press(page, 'Continue')
    await page.getByRole('heading', { name: 'Your ballot' }).waitFor()
  }

  const done = (page: Page) => page.getByRole('heading', { name: 'Your ballot is in the box' }).waitFor()

  async function ballotsInBox(slug: string): Promise<number> {
    return urna.work.read(async (tx) => {
      const { id } = await findElection(tx, slug)
      const rows = await tx.db.selectFrom('ballot').select('id').where('election_id', '=', id).execute()
      return rows.length
    })
  }

  test('a ballot that could not be sent goes by itself when the connection is back', async () => {
    const page = await openPage('plain', '1001')
    await fillIn(page)
    await page.context().setOffline(true)
    await press(page, 'Seal and cast')
    await page.getByText('There is no connection.').waitFor()
    expect(await ballotsInBox('plain')).toBe(0)
    await page.context().setOffline(false)
    await done(page)
    expect(await ballotsInBox('plain')).toBe(1)
  })

  test('a ballot whose answer was lost is sent again after a reload, and is one ballot', async () => {
    const page = await openPage('plain', '1002')
    const before = await ballotsInBox('plain')
    await fillIn(page)
    // The server takes it, and the answer never comes.
    await page.route('**/votes/', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await press(page, 'Seal and cast')
    await page.getByText('There is no connection.').waitFor()
    const kept = await page.evaluate<string>('JSON.stringify({ ...sessionStorage })')
    const token = tokens.get('plain 1002')!
    for (const secret of [token, token.replaceAll('-', ''), 'Lindqvist', 'Duarte'])
      expect(kept).not.toContain(secret)
    await page.unroute('**/votes/')
    await page.reload()
    await done(page)
    await page.getByText('It was there already').waitFor()
    expect(await ballotsInBox('plain')).toBe(before + 1)
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
  })

  test('a receipt for another ballot is none', async () => {
    const page = await openPage('plain', '1005')
    const before = await ballotsInBox('plain')
    await fillIn(page)
    await page.route('**/votes/', (route) =>
      route.fulfill({ status: 201, json: { outcome: 'accepted', trackingCode: 'x'.repeat(43) } }),
    )
    await press(page, 'Seal and cast')
    await page.getByRole('heading', { name: 'Your ballot was not taken' }).waitFor()
    expect(await ballotsInBox('plain')).toBe(before)
  })

  test('a busy server is waited for as long as it says', async () => {
    const page = await openPage('plain', '1003')
    await fillIn(page)
    let refused = 0
    await page.route('**/votes/', async (route) => {
      if (refused++ > 0) return route.continue()
      await route.fulfill({ status: 503, headers: { 'retry-after': '2' }, body: '{}' })
    })
    await press(page, 'Seal and cast')
    await page.getByText('tries again in 2 seconds').waitFor()
    expect(await barriers(page)).toEqual([])
    await done(page)
  })

  test('a voter who goes back and forth loses nothing, and too much is said and not dropped', async () => {
    const page = await openPage('plain', '1004')
    await press(page, 'Begin')
    await press(page, 'Continue')
    await page.getByRole('alert').getByText('Nothing is marked yet.').waitFor()
    expect(await barriers(page)).toEqual([])
    await page.getByRole('alert').getByRole('link').click()
    expect(await page.locator(':focus').getAttribute('type')).toBe('radio')
    await page.getByLabel('Ana Duarte').check()
    await press(page, 'Continue')
    for (const name of ['Ana Duarte', 'Bo Lindqvist', 'Carmen Ruiz']) await page.getByLabel(name).check()
    await press(page, 'Continue')
    await page.getByRole('alert').getByText('3 are marked, and at most 2 can be: take one away.').waitFor()
    expect(await barriers(page)).toEqual([])
    expect(await page.locator('input:checked').count()).toBe(3)
    await page.getByLabel('Blank vote').check()
    await page.getByText('Taken away: Ana Duarte, Bo Lindqvist, Carmen Ruiz.').waitFor()
    await press(page, 'Undo')
    expect(await page.locator('input:checked').count()).toBe(3)
    await page.getByLabel('Bo Lindqvist').uncheck()
    await page.goBack()
    await page.getByRole('heading', { name: 'Chair' }).waitFor()
    expect(await page.getByLabel('Ana Duarte').isChecked()).toBe(true)
    await page.goForward()
    expect(await page.getByLabel('Carmen Ruiz').isChecked()).toBe(true)
    await press(page, 'Continue')
    await press(page, 'Change: Chair')
    await page.getByLabel('Blank vote').check()
    await press(page, 'Back to the whole ballot')
    await page.getByText('Blank vote').waitFor()
  })

  test('a voter who goes back while the ballot is being sealed has cast nothing', async () => {
    const page = await openPage('plain', '1008')
    await fillIn(page)
    const before = await ballotsInBox('plain')
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.url()))
    await page.evaluate(`
      [...document.querySelectorAll('button')].find((each) => each.textContent === 'Seal and cast').click()
      history.back()`)
    await page.getByRole('heading', { name: 'Your ballot' }).waitFor()
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(sent.filter((url) => url.endsWith('/votes/'))).toEqual([])
    expect(await ballotsInBox('plain')).toBe(before)
    await press(page, 'Seal and cast')
    await done(page)
    expect(await ballotsInBox('plain')).toBe(before + 1)
  })

  test('a token with a slip is told as it is typed, and one of another election before anything is sent', async () => {
    const page = await openPage('plain')
    const field = page.getByRole('textbox', { name: 'Voting token' })
    await field.fill('ABCDE-0')
    await page.getByText('Character 1 of part 2 is none that tokens have').waitFor()
    await field.fill(tokens.get('plain 1005')!.slice(0, -1))
    await page.getByText('One character to go.').waitFor()
    expect(await barriers(page)).toEqual([])
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')))
    await field.fill(tokens.get('coded 1005')!)
    await press(page, 'Continue')
    await page.getByRole('alert').getByText('This token is not of this election.').waitFor()
    expect(await barriers(page)).toEqual([])
    expect(sent.map((url) => url.replace(serving.url, ''))).toEqual(['/api/elections/plain/credentials/'])
    await field.fill(`${serving.url}/vote/plain#t=${tokens.get('plain 1005')}`)
    await press(page, 'Continue')
    await page.getByRole('button', { name: 'Begin' }).waitFor()
    // The list is complete since the opening: once is enough.
    expect(sent.length).toBe(1)
  })

  test('a voting link that is opened in a tab with the page begins anew with its own token', async () => {
    const page = await openPage('plain')
    await page.getByRole('textbox', { name: 'Voting token' }).waitFor()
    await page.goto(`${serving.url}/vote/plain#t=${tokens.get('plain 1005')}`)
    await press(page, 'Begin')
    await page.getByLabel('Bo Lindqvist').check()
    expect(await page.evaluate('location.hash')).toBe('')
    // Somebody else at the same machine: nobody's marks become another's.
    page.once('dialog', (warning) => warning.accept())
    await page.goto(`${serving.url}/vote/plain#t=${tokens.get('plain 1008')}`)
    await press(page, 'Begin')
    expect(await page.getByLabel('Bo Lindqvist').isChecked()).toBe(false)
    expect(await page.evaluate('location.hash')).toBe('')
  })

  test('nothing can be dragged into or out of a ranking that is blank', async () => {
    const page = await openPage('ranked', '1001')
    await press(page, 'Begin')
    await press(page, 'Rank 1: Bo Lindqvist')
    const ranked = page.locator('.ranked > [data-rank]')
    const dragAna = async () => {
      const { x, y } = await boxOf(ranked)
      await dragByMouse(page, page.locator('.pool > li', { hasText: 'Ana Duarte' }).locator('.name'), {
        x,
        y,
      })
    }
    await page.getByLabel('Blank vote').check()
    // Out of use, and still to be read.
    expect(await page.locator('.pool .name').evaluateAll(opacities)).toEqual([0.55, 0.55])
    await dragAna()
    expect(await page.locator('.lifted').count()).toBe(0)
    expect(await ranked.allInnerTexts()).toEqual([expect.stringContaining('Bo Lindqvist')])
    await page.getByLabel('Blank vote').uncheck()
    await dragAna()
    await expect.poll(() => ranked.count()).toBe(2)
  })

  test('where the election asks for it, a one-time code is sent to the voter and goes with the ballot', async () => {
    const page = await openPage('coded', '1001')
    await fillIn(page)
    await press(page, 'Continue')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    // Some press every button twice.
    await page.getByRole('button', { name: 'Send me a code' }).dblclick()
    await page.getByText('A code is on its way').waitFor()
    expect(await barriers(page)).toEqual([])
    await expect.poll(() => mailbox.length).toBe(1)
    expect(asked.filter((url) => url.endsWith('/codes/')).length).toBe(1)
    const code = /\b[0-9]{6}\b/.exec(mailbox[0]!.text)![0]
    const wrong = code === '000000' ? '111111' : '000000'
    await page.getByRole('textbox', { name: 'Code' }).fill(wrong)
    await press(page, 'Seal and cast')
    await page.getByRole('alert').getByText('This is not the code that was sent to you.').waitFor()
    expect(await barriers(page)).toEqual([])
    expect(await ballotsInBox('coded')).toBe(0)
    await page.getByRole('textbox', { name: 'Code' }).fill(code)
    await press(page, 'Seal and cast')
    await done(page)
    expect(await ballotsInBox('coded')).toBe(1)
  })

  test('the photo of a candidate stands beside the name', async () => {
    const page = await openPage('plain', '1007')
    await press(page, 'Begin')
    const photo = page.locator('.option', { hasText: 'Ana Duarte' }).locator('img')
    await photo.waitFor()
    const width = 'document.querySelector(".option img").naturalWidth'
    await expect.poll(() => page.evaluate(width)).toBe(1)
    expect(await page.locator('img').count()).toBe(1)
  })

  test('an election that is confidential only says so before anything is asked', async () => {
    const page = await openPage('plain', '1007')
    await page.getByText('This election is confidential: its office holds the only key').waitFor()
  })

  test('every step is told in the language that is chosen, and a step that is done stays done', async () => {
    const page = await openPage('plain')
    const missing = async () => expect(await missingTexts(page)).toEqual([])
    await missing()
    await page.getByRole('textbox', { name: 'Voting token' }).fill(tokens.get('plain 1007')!)
    await press(page, 'Continue')
    await page.getByRole('button', { name: 'Begin' }).waitFor()
    await missing()
    await press(page, 'Begin')
    await missing()
    await page.getByLabel('Bo Lindqvist').check()
    await press(page, 'Continue')
    await press(page, 'Continue')
    await page.getByRole('alert').waitFor()
    await missing()
    await page.getByLabel('Blank vote').check()
    await press(page, 'Continue')
    await page.getByRole('heading', { name: 'Your ballot' }).waitFor()
    await missing()
    await page.getByText('Bo Lindqvist').waitFor()
  })

  test('before its opening an election says when it opens, in its own zone and the language of the browser', async () => {
    const page = await openPage('later', undefined, { locale: 'es-MX', timezoneId: 'America/Mexico_City' })
    await page.getByText('La votación aún no ha empezado.').waitFor()
    expect(await barriers(page)).toEqual([])
    expect(await page.locator('strong').innerText()).toMatch(/9 de marzo de 2026.*9:00.*CET/)
    expect(await page.locator('html').getAttribute('lang')).toBe('es')
    await page.getByRole('combobox').selectOption('fr')
    await page.getByText('Le vote n’a pas encore commencé.').waitFor()
    await page.locator('html[lang=fr]').waitFor({ state: 'attached' })
  })

  test('while an election is paused the sealed ballot waits, and is cast when it goes on', async () => {
    const page = await openPage('plain', '1006')
    await fillIn(page)
    await pauseElection(urna.work, 'plain')
    await press(page, 'Seal and cast')
    await page.getByText('The election is paused.').waitFor()
    expect(await barriers(page)).toEqual([])
    await openElection({ work: urna.work, group }, 'plain')
    await press(page, 'Send it again')
    await done(page)
  })
})
