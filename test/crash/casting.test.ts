import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openUnitOfWork } from '../../src/store/unit-of-work.ts'
import { expectSoundBox } from '../support/box-check.ts'
import { startScript } from '../support/urna-process.ts'
import { group, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const runs = process.env.URNA_SLOW === '1' ? 100 : 5
const voters = 400
const script = fileURLToPath(new URL('../support/casting-process.ts', import.meta.url))

let box: Opened
let ballots: string

beforeAll(async () => {
  box = await openedElection({ voters, contests: 'committee' })
  ballots = join(box.folder, 'ballots')
  writeFileSync(ballots, [...box.tokens.keys()].map((number) => sealVote(box, number)).join('\n'))
})
afterAll(() => box.close())

/** A copy of the election as it was when it opened. */
function freshCopy(name: string): string {
  const path = join(box.folder, `${name}.urna`)
  for (const suffix of ['', '-wal', '-shm']) cpSync(box.path + suffix, path + suffix, { force: true })
  return path
}

function castAll(path: string) {
  return startScript([script, ballots], { path, passphrase: box.passphrase })
}

/** Tracking codes on whole lines: what was promised to somebody. */
function promised(printed: string): string[] {
  const lines = printed.split('\n').slice(0, -1)
  return lines
    .map((line) => line.split(' '))
    .flatMap(([outcome, code]) => (outcome === 'refused' ? [] : code!))
}

async function soundBox(path: string): Promise<string[]> {
  const { work, close } = await openUnitOfWork({
    ...{ path, passphrase: box.passphrase },
    ...{ clock: systemClock, officer: 'ada' },
  })
  try {
    return await expectSoundBox(work, group)
  } finally {
    await close()
  }
}

test(`a server killed at ${runs} moments of a rush loses no ballot that it acknowledged`, {
  timeout: runs * 60_000,
}, async () => {
  let cutShort = 0
  for (let run = 1; run <= runs; run++) {
    const path = freshCopy('killed')
    const { child, printed, finished } = castAll(path)
    const fatal = 1 + Math.floor(0.8 * voters * Math.random())
    let lines = 0
    child.stdout!.on('data', (text: string) => {
      lines += text.split('\n').length - 1
      if (lines >= fatal) setTimeout(() => child.kill('SIGKILL'), 5 * Math.random())
    })
    await finished
    const inBox = await soundBox(path)
    expect(inBox).toEqual(expect.arrayContaining(promised(printed())))
    if (inBox.length > 0 && inBox.length < voters) cutShort += 1
  }
  expect(cutShort).toBeGreaterThan(0)
})

test('two servers that take the same ballots into one file count every right once', async () => {
  const path = freshCopy('shared')
  const ends = await Promise.all([castAll(path), castAll(path)].map(({ finished }) => finished))
  expect(ends.map(({ status, stderr }) => [status, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ])
  const told = ends.flatMap(({ stdout }) => stdout.trim().split('\n'))
  expect(told.filter((line) => line.startsWith('accepted '))).toHaveLength(voters)
  expect(told.filter((line) => line.startsWith('already '))).toHaveLength(voters)
  expect(await soundBox(path)).toHaveLength(voters)
})
