import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const path = [process.env.URNA_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (each) => each !== undefined && existsSync(each),
)

/** Whether there is a browser; a suite without one says so, and is skipped. */
export const hasBrowser = path !== undefined
if (!hasBrowser) console.warn('skipped: no Chromium')

/** Debian's Chromium, without a window. */
export async function startBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error('there is no Chromium')
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}
