import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contestAdd from '../../commands/contest/add.ts'
import * as cancel from '../../commands/election/cancel.ts'
import * as create from '../../commands/election/create.ts'
import * as open from '../../commands/election/open.ts'
import * as incidentAdd from '../../commands/incident/add.ts'
import Init from '../../commands/init.ts'
import * as status from '../../commands/status.ts'
import * as tokenIssue from '../../commands/token/issue.ts'
import { bar, durationText, sparkline } from '../../src/cli/status-lines.ts'
import { addMembersTo } from '../support/election.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  process.env.URNA_PASSPHRASE = 'correct horse battery'
  process.env.URNA_FILE = join(folder, 'chapter.urna')
  await runCommand(Init, [process.env.URNA_FILE, '--organisation', 'Rail Workers'])
  await addMembersTo({ path: process.env.URNA_FILE, passphrase: 'correct horse battery', count: 12 })
})
afterAll(() => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  rmSync(folder, { recursive: true, force: true })
})

test('one screen says of each election that is not over how far it is, what waits and what comes next', async () => {
  expect(await json(status)).toMatchObject({ elections: [] })
  for (const slug of ['board', 'over']) {
    await json(create, slug, '--title', `The ${slug}`, '--zone', 'UTC')
    await json(contestAdd, slug, '--title', 'Chair', '--candidate', 'Ana', '--candidate', 'Bo')
  }
  await json(cancel, 'over', '--confirm', 'over', '--reason', 'Mistake')
  const draft = await json(status)
  expect(draft).toMatchObject({
    elections: [{ election: 'board', status: 'draft', next: expect.any(String) }],
  })
  expect(JSON.stringify(draft)).toContain('token')
  const said = stripVTControlCharacters((await runCommand(status.default, [])).stdout)
  expect(said).toContain('The board (board)')
  expect(said).toContain('! ')

  await runCommand(tokenIssue.default, ['board', '--out', join(folder, 'tokens.csv')])
  await json(open, 'board', '--out', folder)
  await json(incidentAdd, 'board', '--kind', 'technical', '--text', 'The page was slow.')
  expect(await json(status)).toMatchObject({
    elections: [
      {
        ...{ election: 'board', status: 'open', voters: 12, voted: 0, lastVoteAt: null, history: [] },
        ...{ obstacles: [], approvals: [], incidents: 1 },
        next: 'urna election close board --confirm board',
      },
    ],
  })
  const running = stripVTControlCharacters((await runCommand(status.default, ['board'])).stdout)
  expect(running).toContain('0 of 12 voters, 0.0 %')
  expect(running).toContain('1 incident without a resolution: urna incident list board')
  expect(await json(status, 'over')).toMatchObject({ elections: [{ election: 'over', status: 'cancelled' }] })
  expect(await refused(status, 'none')).toMatchObject({ status: 3, code: 'election-not-found' })
})

test('bars and lines are as long as they should be, and no vote is lost from sight', () => {
  const plain = (text: string) => stripVTControlCharacters(text)
  for (const share of [0, 0.001, 0.333, 0.5, 0.999, 1]) expect(plain(bar(share, 40))).toHaveLength(40)
  expect(plain(bar(1, 8))).toBe('████████')
  expect(plain(bar(0, 4))).toBe('····')
  expect(sparkline([0, 1, 4, 8])).toBe(' ▁▄█')
  expect(sparkline([0, 1, 10_000])).toBe(' ▁█')
})

test('how long it still is, in its two largest units', () => {
  expect(durationText(59_000)).toBe('59 s')
  expect(durationText(61_000)).toBe('1 min')
  expect(durationText(3 * 3_600_000 + 55 * 60_000)).toBe('3 h 55 min')
  expect(durationText(25 * 3_600_000)).toBe('1 day 1 h')
})
