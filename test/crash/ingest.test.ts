import { cpSync, mkdirSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'
import { expectSoundBox } from '../support/box-check.ts'
import { startUrna } from '../support/urna-process.ts'
import { group, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const runs = process.env.URNA_SLOW === '1' ? 200 : 10
const voters = 260

let box: Opened
let ballots: string

beforeAll(async () => {
  box = await openedElection({ voters, contests: 'committee' })
  ballots = join(box.folder, 'ballots')
  mkdirSync(ballots)
  for (const number of box.tokens.keys()) {
    writeFileSync(join(ballots, `${number}.json`), sealVote(box, number))
  }
})
afterAll(() => box.close())

async function withWork<T>(path: string, use: (work: UnitOfWork) => Promise<T>): Promise<T> {
  const file = await openUrnaFile({ path, passphrase: box.passphrase })
  try {
    return await use(new UnitOfWork({ file, clock: systemClock, officer: 'ada' }))
  } finally {
    await file.close()
  }
}

/** Codes on whole lines: what was promised to somebody. */
function acknowledged(printed: string): string[] {
  return printed
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(/\s+/)[1] ?? '')
}

function ingest(path: string) {
  return startUrna(['ballot', 'ingest', ballots], { path, passphrase: box.passphrase })
}

/** A copy of the election as it was when it opened. */
function freshCopy(name: string): string {
  const path = join(box.folder, `${name}.urna`)
  for (const suffix of ['', '-wal', '-shm']) {
    cpSync(box.path + suffix, path + suffix, { force: true })
  }
  return path
}

/** Counts the writes to the journal of a file until it is called off. */
function onJournalWrite(path: string, notice: (count: number) => void): () => void {
  let count = 0
  const watcher = watch(`${path}-wal`, () => {
    count += 1
    notice(count)
  })
  return () => watcher.close()
}

test(`killed at ${runs} random moments, it loses no acknowledged ballot`, {
  timeout: runs * 30_000,
}, async () => {
  const whole = freshCopy('whole')
  let writes = 0
  const stopCounting = onJournalWrite(whole, (count) => {
    writes = count
  })
  expect((await ingest(whole).finished).status).toBe(0)
  stopCounting()
  expect(await withWork(whole, (work) => expectSoundBox(work, group))).toHaveLength(voters)

  let cutShort = 0
  for (let run = 1; run <= runs; run++) {
    const path = freshCopy('killed')
    const { child, printed, finished } = ingest(path)
    // Right after a write, where a commit is under way or just done, or some time later.
    const fatal = Math.ceil(0.8 * writes * Math.random())
    const delay = (run % 2 === 0 ? 3 : 150) * Math.random()
    const stop = onJournalWrite(path, (count) => {
      if (count === fatal) setTimeout(() => child.kill('SIGKILL'), delay)
    })
    await finished
    stop()
    const promised = acknowledged(printed())
    const inBox = await withWork(path, (work) => expectSoundBox(work, group))
    expect(inBox).toEqual(expect.arrayContaining(promised))
    if (inBox.length > 0 && inBox.length < voters) cutShort += 1

    if (run % 10 === 0) {
      expect((await ingest(path).finished).status).toBe(0)
      expect(await withWork(path, (work) => expectSoundBox(work, group))).toHaveLength(voters)
    }
  }
  // Otherwise the moments were not those that matter.
  expect(cutShort).toBeGreaterThan(0)
})
