import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const english = JSON.parse(
  readFileSync(new URL('../../web/messages/en.json', import.meta.url), 'utf8'),
) as Record<string, unknown>
/** A page says the name of a message, such as `board.find`, where it has no text for it. */
const messageName = new RegExp(`\\b(${Object.keys(english).join('|')})\\.[a-z]\\w+`, 'gi')

/** What somebody looks at a page with. */
const views = {
  'on a desk': { size: { width: 1280, height: 900 }, colorScheme: 'light' },
  'in the dark': { size: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'on a small telephone': { size: { width: 320, height: 640 }, colorScheme: 'light' },
  'on a small telephone in the dark': { size: { width: 320, height: 640 }, colorScheme: 'dark' },
} as const

export interface Visit {
  readonly page: Page
  /** What the browser complains of: scripts that fail, and whatever the policy of the page forbids. */
  readonly complaints: readonly string[]
  /** Addresses of requests that left the host. */
  readonly strangers: readonly string[]
  end(): Promise<void>
}

/** A browser window of its own, with nothing in it from before. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  const strangers: string[] = []
  const { host } = new URL(address)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (entry) => {
    const expected = /Failed to load resource: the server responded with a status of 40[014]/
    if (entry.type() === 'error' && !expected.test(entry.text())) complaints.push(entry.text())
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.host !== host) strangers.push(request.url())
  })
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  return { page, complaints, strangers, end: () => context.close() }
}

/** What is in the way of people with disabilities, by the rules of WCAG 2.2 AA. */
export async function barriers(page: Page): Promise<string[]> {
  // Evaluated, not added to the page, whose policy would refuse it.
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run({ runOnly: tags })
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    )
  })
  return found
}

/** Shows a page in every view, and in each says what is in the way of whom; pictures go where URNA_SHOTS says. */
export async function barriersInEveryView(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const [view, { size, colorScheme }] of Object.entries(views)) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme })
    await takePicture(page, `${name} ${view}`)
    found.push(...(await barriers(page)).map((barrier) => `${view}: ${barrier}`))
    const wider = await overflow(page)
    if (wider > 0) found.push(`${view}: ${wider} pixels wider than the window`)
  }
  return found
}

/** Of the whole page, into the folder that URNA_SHOTS names; none where it names none. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env.URNA_SHOTS
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Names of messages that stand where their text should, in the languages other than English. */
export async function missingTexts(page: Page): Promise<string[]> {
  const missing: string[] = []
  for (const language of ['es', 'fr']) {
    await page.locator('.language select').selectOption(language)
    await page.locator(`html[lang=${language}]`).waitFor()
    missing.push(...((await page.innerText('body')).match(messageName) ?? []))
  }
  await page.locator('.language select').selectOption('en')
  return missing
}

/** By how many pixels the page is wider than the window: whoever reads it would have to scroll sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number; clientWidth: number } }
    }
    return document.documentElement.scrollWidth - document.documentElement.clientWidth
  })
}
