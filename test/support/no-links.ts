import { linkSync } from 'node:fs'
import { vi } from 'vitest'

/**
 * Makes every file system one that gives a file one name only, as those of memory sticks do. For a test file that has
 * `node:fs` mocked with a `linkSync` that is a `vi.fn`.
 */
export function withoutLinks(code = 'EPERM'): void {
  vi.mocked(linkSync).mockImplementation(() => {
    throw Object.assign(new Error(`${code}: link`), { code })
  })
}
