import type { Page } from 'playwright-core'
import type { Wish } from './every-style.ts'
import type { Hand } from './hands.ts'

/** What happens at each step of a journey, before the voter goes on. */
export type AtStep = (step: string) => Promise<void>

/** Fills in one contest as the voter wishes. */
export async function fillIn(page: Page, hand: Hand, wish: Wish): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  if ('blank' in wish) {
    const box = page.locator('.apart input')
    await ((await box.getAttribute('type')) === 'radio' ? hand.choose(box) : hand.press(box))
  } else if ('rank' in wish) {
    for (const [position, rank] of wish.rank.entries()) {
      for (const [place, name] of rank.entries()) {
        const ranks = await page.locator('.ranked > [data-rank]').count()
        await hand.press(button(`Rank ${ranks + 1}: ${name}`))
        if (place > 0) await hand.press(button(`${name}: same rank as the one above`))
      }
      await page.locator(`.ranked > [data-rank="${position}"]`).waitFor()
    }
  } else if ('score' in wish) {
    for (const [name, score] of Object.entries(wish.score)) {
      const marks = page.getByRole('group', { name, exact: true })
      if ((await marks.count()) > 0)
        await hand.choose(marks.getByRole('radio', { name: String(score), exact: true }))
      else await hand.type(page.getByRole('spinbutton', { name: new RegExp(name) }), String(score))
    }
  } else if ('grade' in wish) {
    for (const [name, grade] of Object.entries(wish.grade)) {
      const marks = page.getByRole('group', { name, exact: true })
      await hand.choose(marks.getByRole('radio', { name: grade, exact: true }))
    }
  } else {
    for (const name of [...wish.choose, ...(wish.writeIn === undefined ? [] : ['Write in another name'])]) {
      const box = page.locator('.option', { hasText: name }).locator('> label > input')
      await ((await box.getAttribute('type')) === 'radio' ? hand.choose(box) : hand.press(box))
    }
    if (wish.writeIn !== undefined) await hand.type(page.getByLabel('The name'), wish.writeIn)
  }
}

/** From the page with the token, or past it, to the tracking code. @returns the code */
export async function vote(
  page: Page,
  hand: Hand,
  wishes: readonly Wish[],
  options: {
    token?: string
    cast?: string
    fill?: (contest: number, wish: Wish) => Promise<void>
    atStep?: AtStep
  } = {},
): Promise<string> {
  const {
    token,
    cast = 'Seal and cast',
    fill = (_, wish) => fillIn(page, hand, wish),
    atStep = async () => {},
  } = options
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  if (token !== undefined) {
    await page.getByRole('heading', { name: 'Your voting token' }).waitFor()
    await atStep('token')
    await hand.type(page.getByRole('textbox', { name: 'Voting token' }), token)
    await hand.press(button('Continue'))
  }
  await button('Begin').waitFor()
  await atStep('about')
  await hand.press(button('Begin'))
  for (const [index, wish] of wishes.entries()) {
    await page.getByText(`Contest ${index + 1} of ${wishes.length}`).waitFor()
    await fill(index, wish)
    await atStep(`contest ${index + 1}`)
    await hand.press(button('Continue'))
  }
  await page.getByRole('heading', { name: 'Your ballot' }).waitFor()
  await atStep('review')
  await hand.press(button(cast))
  await page.getByRole('heading', { name: 'Your ballot is in the box' }).waitFor()
  await atStep('receipt')
  return (await page.locator('code').innerText()).trim()
}
