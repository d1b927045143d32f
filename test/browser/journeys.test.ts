import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeBallot, encodeSelections } from '../../src/ballot/encoding.ts'
import type { Selections } from '../../src/ballot/selections.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { credentialSecret } from '../../src/sealing/credential.ts'
import { scalarToDecimal } from '../../src/sealing/encoding.ts'
import { countableContests } from '../../src/tally/opened-box.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { readStoredBoard } from '../../src/tally/stored-board.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { barriers, takePicture } from '../support/pages.ts'
import { type Serving, serve } from '../support/serving.ts'
import { group, type SmallElection, votedElection } from '../tally/small-election.ts'
import { everyStyle, selectionsOfWish, type Wish } from './every-style.ts'
import { boxOf, dragByFinger, dragByMouse, finger, keyboard, mouse } from './hands.ts'
import { fillIn, vote } from './voter.ts'

const grades = ['To reject', 'Poor', 'Acceptable', 'Fairly good', 'Good', 'Very good', 'Excellent']

/** What each voter wants, contest by contest. */
const wishes: Readonly<Record<string, readonly Wish[]>> = {
  '1000': [
    { choose: ['Ana Duarte'] },
    { choose: ['Ana Duarte', 'Dag Nyberg'] },
    { choose: ['Bo Lindqvist', 'Elif Kaya'] },
    { choose: ['Lisbon', 'İzmir', 'Malmö'] },
    { score: { 'New kitchen': 5, Choir: 2 } },
    { score: { Blue: 77, Red: 100 } },
    { grade: { 'Ana Duarte': 'Good', 'Bo Lindqvist': 'To reject', 'Carmen Ruiz': 'Excellent' } },
    { rank: [['Dag Nyberg'], ['Ana Duarte'], ['Elif Kaya']] },
    { rank: [['Tree'], ['Fish', 'Bird']] },
    { choose: ['List South'] },
    { choose: ['No'] },
    { choose: [], writeIn: 'Zoë O’Hara' },
  ],
  '1001': [
    { choose: ['Carmen Ruiz'] },
    { choose: ['None of the above'] },
    { choose: ['Ana Duarte', 'Bo Lindqvist'] },
    { blank: 'Blank vote' },
    { score: { 'New kitchen': 0, 'Night bus': 4, Choir: 1 } },
    { score: { Blue: 3 } },
    { grade: { 'Bo Lindqvist': 'Poor' } },
    { rank: [['Elif Kaya'], ['Carmen Ruiz'], ['Bo Lindqvist'], ['Ana Duarte'], ['Dag Nyberg']] },
    {
      rank: [
        ['Wheel', 'Fish'],
        ['Bird', 'Tree'],
      ],
    },
    { choose: ['List North'] },
    { blank: 'Abstain' },
    { choose: ['Olga Petrova'] },
  ],
  '1002': [
    { choose: ['Bo Lindqvist'] },
    { choose: ['Bo Lindqvist', 'Carmen Ruiz', 'Elif Kaya'] },
    { choose: ['Carmen Ruiz', 'Dag Nyberg'] },
    { choose: ['Sevilla'] },
    { score: { 'Night bus': 5 } },
    { score: { Red: 50 } },
    { grade: { 'Ana Duarte': 'Acceptable', 'Carmen Ruiz': 'Very good' } },
    { rank: [['Bo Lindqvist'], ['Carmen Ruiz']] },
    { rank: [['Bird'], ['Wheel']] },
    { choose: ['List North'] },
    { choose: ['Yes'] },
    { blank: 'Blank vote' },
  ],
  '1003': [
    { blank: 'Blank vote' },
    { blank: 'Blank vote' },
    { choose: ['Ana Duarte', 'Elif Kaya'] },
    { choose: ['Malmö', 'Sevilla'] },
    { blank: 'Blank vote' },
    { blank: 'Blank vote' },
    { blank: 'Blank vote' },
    { rank: [['Carmen Ruiz'], ['Dag Nyberg'], ['Ana Duarte']] },
    { blank: 'Blank vote' },
    { blank: 'Blank vote' },
    { choose: ['Yes'] },
    { choose: [], writeIn: 'Zoë O’Hara' },
  ],
}

describe.skipIf(!hasBrowser)('voting in a browser', () => {
  let urna: SmallElection
  let serving: Serving
  let browser: Browser

  beforeAll(async () => {
    urna = await votedElection({ contests: everyStyle, weightsMicros: Array(4).fill(1_000_000), votes: [] })
    serving = await serve(urna)
    browser = await startBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await serving?.close()
    await urna?.close()
  })

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options })
    return context.newPage()
  }

  const tokenOf = (number: string) => urna.tokens.get(number)!
  const address = () => `${serving.url}/vote/${urna.slug}`

  test('with a mouse and by drag and drop; no request tells the token, its secret or a choice', async () => {
    const page = await newPage({ viewport: { width: 1280, height: 900 } })
    const requests: string[] = []
    const violations: string[] = []
    page.on('request', (request) => {
      requests.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`)
    })
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') violations.push(said.text())
    })
    page.on('pageerror', (error) => violations.push(error.message))
    await page.goto(`${address()}#t=${tokenOf('1000')}`)
    const code = await vote(page, mouse(), wishes['1000']!, {
      fill: async (index, wish) => {
        if (index !== 7) return fillIn(page, mouse(), wish)
        await rankByDragging(page, dragByMouse, ['Ana Duarte', 'Elif Kaya'])
        // Above the first.
        const first = await boxOf(page.locator('.ranked > [data-rank="0"]'))
        const dag = page.locator('.pool > li', { hasText: 'Dag Nyberg' }).locator('.name')
        await dragByMouse(page, dag, { x: first.x, y: first.y - first.height / 2 + 2 })
      },
    })
    expect(code).toMatch(/^[A-Za-z0-9+/]{43}$/)
    expect(violations).toEqual([])

    expect(requests.some((request) => request.includes('/votes/'))).toBe(true)
    const token = tokenOf('1000')
    const secret = credentialSecret(group, { uuid: urna.uuid, token })
    const secrets = [
      token,
      token.replaceAll('-', ''),
      scalarToDecimal(secret),
      Buffer.from(secret).toString('hex'),
    ]
    const choices = everyStyle.flatMap(({ options }) => options.map(({ name }) => name))
    const said = requests.join('\n').toLowerCase()
    for (const text of [...secrets, ...choices.filter((name) => name.length > 3), 'Zoë']) {
      expect([text, said.includes(text.toLowerCase())]).toEqual([text, false])
    }
    for (const request of requests) expect(request).toContain(serving.url)
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, location.hash]')).toEqual([
      0,
      0,
      '',
    ])
  })

  test.each([
    ['finger', 360, 'dark', '1001'],
    ['keyboard', 1280, 'light', '1002'],
  ] as const)(
    'with a %s alone at %i pixels, in the %s, nothing bars the way',
    async (name, width, scheme, who) => {
      const page = await newPage({
        ...{ viewport: { width, height: 640 }, colorScheme: scheme, hasTouch: name === 'finger' },
      })
      await page.goto(address())
      const hand = name === 'finger' ? finger() : keyboard(page)
      await vote(page, hand, wishes[who]!, {
        token: tokenOf(who),
        atStep: async (step) => {
          await takePicture(page, `vote ${step} with a ${name}`)
          expect([step, await barriers(page)]).toEqual([step, []])
          expect([step, await widthOfPage(page)]).toEqual([step, width])
          expect([step, await page.locator('h1').count()]).toEqual([step, 1])
        },
      })
    },
  )

  test('at 320 pixels, with a finger that drags', async () => {
    const page = await newPage({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true })
    await page.goto(address())
    await vote(page, finger(), wishes['1003']!, {
      token: tokenOf('1003').replaceAll('-', ' '),
      fill: async (index, wish) => {
        if (index !== 7) return fillIn(page, finger(), wish)
        await rankByDragging(page, dragByFinger, ['Dag Nyberg', 'Ana Duarte'], '.handle')
        await page.getByRole('button', { name: 'Rank 3: Carmen Ruiz' }).tap()
        for (const _ of [2, 1]) await page.getByRole('button', { name: 'Move Carmen Ruiz up' }).tap()
      },
      atStep: async (step) => {
        await takePicture(page, `vote ${step} at 320 pixels`)
        expect([step, await widthOfPage(page)]).toEqual([step, 320])
      },
    })
  })

  test('what is counted is what the voters chose', async () => {
    await closeElection({ work: urna.work, group }, urna.slug)
    await runTally({ work: urna.work, group }, { slug: urna.slug, seed: undefined })
    const opened = await urna.work.read(async (tx) =>
      countableContests(group, await readStoredBoard(tx, await findElection(tx, urna.slug))),
    )
    for (const [index, { contest, opened: box }] of opened!.entries()) {
      const { title, ballot: rules, options } = contest
      const wanted = Object.values(wishes).map((voter) =>
        selectionsOfWish(voter[index]!, everyStyle[index]!, grades),
      )
      if (box.kind === 'totals') {
        const flags = wanted.map((selections) => encodeSelections(selections, rules, options.length))
        const totals = flags[0]!.map((_, place) => flags.reduce((sum, each) => sum + each[place]!, 0))
        expect([title, box.sums.map(Number)]).toEqual([title, totals])
      } else if (box.kind === 'ballots') {
        const read = box.ballots.map((numbers) => decodeBallot(numbers.map(Number), rules, options.length))
        const counted = read.map((record) =>
          record.status === 'valid' ? record.selections : { kind: record.status },
        )
        expect([title, sorted(counted)]).toEqual([title, sorted(wanted)])
      }
    }
  })
})

async function rankByDragging(
  page: Page,
  drag: typeof dragByMouse,
  names: readonly string[],
  grip = '.name',
): Promise<void> {
  for (const name of names) {
    const from = page.locator('.pool > li', { hasText: name }).locator(grip)
    // Both ends of the way are in a small window then.
    await page.evaluate('scrollBy(0, document.querySelector(".ranked").getBoundingClientRect().bottom - 150)')
    const list = (await page.locator('.ranked').boundingBox())!
    await drag(page, from, { x: list.x + 60, y: list.y + list.height - 2 })
    await page.locator('.ranked > li', { hasText: name }).waitFor()
  }
}

async function widthOfPage(page: Page): Promise<number> {
  return page.evaluate<number>('Math.max(document.documentElement.scrollWidth, innerWidth)')
}

function sorted(ballots: readonly (Selections | { kind: string })[]): string[] {
  return ballots.map((ballot) => JSON.stringify(ballot)).sort()
}
