import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src/clock.ts'
import { foundOrganisation } from '../../src/organisation/found.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { createUrnaFile, openUrnaFile } from '../../src/store/urna-file.ts'

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** @param time ISO 8601 */
  set(time: string): void
  advance(seconds: number): void
}

export function testClock(start = '2026-03-02T09:00:00.000Z'): TestClock {
  let milliseconds = Date.parse(start)
  return {
    now: () => new Date(milliseconds),
    set: (time) => {
      milliseconds = Date.parse(time)
    },
    advance: (seconds) => {
      milliseconds += seconds * 1000
    },
  }
}

/** A real, encrypted file in a folder of its own. */
export interface TemporaryUrna {
  work: UnitOfWork
  /** The clock of `work`. */
  clock: TestClock
  path: string
  passphrase: string
  /** The folder that holds the file; it goes with it. */
  folder: string
  /** Another connection to the same file, as a second process has; closed with the first. */
  reopen(options?: { officer?: string }): Promise<UnitOfWork>
  /** Closes every connection, so that another process is alone with the file. */
  release(): Promise<void>
  /** Closes every connection and removes the folder. */
  close(): Promise<void>
}

export async function temporaryUrna(
  options: { organisation?: string; officer?: string; now?: string } = {},
): Promise<TemporaryUrna> {
  const { organisation = 'Rail Workers, Northern Chapter', officer = 'ada', now } = options
  const folder = mkdtempSync(join(tmpdir(), 'urna-'))
  const path = join(folder, 'test.urna')
  const passphrase = 'correct horse battery staple'
  const clock = testClock(now)
  const files = [await createUrnaFile({ path, passphrase })]
  const work = new UnitOfWork({ file: files[0]!, clock, officer })
  await foundOrganisation(work, { name: organisation })
  return {
    work,
    clock,
    path,
    passphrase,
    folder,
    reopen: async (other = {}) => {
      const file = await openUrnaFile({ path, passphrase })
      files.push(file)
      return new UnitOfWork({ file, clock, officer: other.officer ?? officer })
    },
    release: async () => {
      for (const file of files.splice(0)) await file.close()
    },
    close: async () => {
      for (const file of files.splice(0)) await file.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
