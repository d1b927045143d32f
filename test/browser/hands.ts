import type { Locator, Page } from 'playwright-core'

/** How somebody works a page. */
export interface Hand {
  /** Presses a button or a link, or ticks a box. */
  press(target: Locator): Promise<void>
  /** Chooses one of several radio buttons. */
  choose(target: Locator): Promise<void>
  type(target: Locator, text: string): Promise<void>
}

export function mouse(): Hand {
  return {
    press: (target) => target.click(),
    choose: (target) => target.click(),
    type: (target, text) => target.fill(text),
  }
}

export function finger(): Hand {
  return {
    press: (target) => target.tap(),
    choose: (target) => target.tap(),
    type: async (target, text) => {
      await target.tap()
      await target.fill(text)
    },
  }
}

/** Tab, space, arrows and enter, and nothing else. */
export function keyboard(page: Page): Hand {
  const { keyboard: keys } = page

  async function tabTo(target: Locator): Promise<void> {
    await target.waitFor()
    for (let presses = 0; presses < 200; presses++) {
      if ((await target.and(page.locator(':focus')).count()) > 0) return
      await keys.press('Tab')
    }
    throw new Error(`the keyboard does not reach ${target}`)
  }

  return {
    press: async (target) => {
      await tabTo(target)
      const box = (await target.and(page.locator('input')).count()) > 0
      await keys.press(box ? 'Space' : 'Enter')
    },
    choose: async (target) => {
      const name = await target.getAttribute('name')
      for (let presses = 0; presses < 200; presses++) {
        const focused = await page.locator(':focus').getAttribute('name')
        if (focused === name) break
        await keys.press('Tab')
      }
      // The first of a group that has none chosen is not chosen by coming to it.
      if ((await page.locator(`input[name="${name}"]:checked`).count()) === 0) await keys.press('Space')
      for (let presses = 0; presses < 20 && !(await target.isChecked()); presses++) {
        await keys.press('ArrowDown')
      }
      if (!(await target.isChecked())) throw new Error(`the arrows do not reach ${target}`)
    },
    type: async (target, text) => {
      await tabTo(target)
      await keys.type(text)
    },
  }
}

/** Drags with the mouse, in some steps, as a hand does. @param to in pixels from the top left corner of the window */
export async function dragByMouse(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const box = await boxOf(from)
  await page.mouse.move(box.x, box.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.mouse.up()
}

/** The same with a finger. */
export async function dragByFinger(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const { x, y } = await boxOf(from)
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [at] })
  await touch('touchStart', { x, y })
  for (let step = 1; step <= 8; step++) {
    await touch('touchMove', { x: x + ((to.x - x) * step) / 8, y: y + ((to.y - y) * step) / 8 })
  }
  // At rest before it lets go: else the next tap only stops what the browser takes for a throw.
  await page.waitForTimeout(150)
  await touch('touchMove', { x: to.x, y: to.y + 1 })
  await touch('touchEnd')
  await page.waitForTimeout(150)
  await session.detach()
}

/** The middle of an element, where it is now. */
export async function boxOf(target: Locator): Promise<{ x: number; y: number; height: number }> {
  const box = await target.boundingBox()
  if (box === null) throw new Error(`${target} is not to be seen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height }
}
