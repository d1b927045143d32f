import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { systemClock } from '../../src/clock.ts'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { planPurge } from '../../src/election/purge-election.ts'
import { changePassphrase } from '../../src/organisation/change-passphrase.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { openUnitOfWork } from '../../src/store/unit-of-work.ts'
import { passphrase, runPlainly } from '../support/faults/process.ts'
import { type Call, callsOf, runWith, whyNoStrace } from '../support/faults/strace.ts'
import { plainBytes } from '../support/plain-bytes.ts'
import { ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const planted = 'Planted-reason'
const words = ['election', 'purge', 'chapter', '--confirm', 'chapter', '--json']
/** How many of its writes it is killed before. */
const moments = 5

const why = whyNoStrace()
describe.skipIf(why !== undefined)(`a purge that is killed ${why ?? ''}`, () => {
  let election: Opened
  let calls: Call[]
  const folders: string[] = []
  beforeAll(async () => {
    election = await openedElection({ voters: 3, contests: 'committee' })
    const { work, slug, release } = election
    await ingestAll(work, [sealVote(election, '1001')])
    await correctRoll(work, { election: slug, kind: 'strike', number: '1002', reason: planted })
    await cancelElection(work, { election: slug, reason: 'too late' })
    await changePassphrase(work, passphrase)
    await release()
    const folder = copy()
    const done = await callsOf(folder, words)
    expect(done.status, done.stdout).toBe(0)
    calls = done.calls.filter(({ changes, path }) => changes && !path.endsWith('-shm'))
  }, 240_000)
  afterAll(async () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    await election?.close()
  })

  function copy(): string {
    const folder = mkdtempSync(join(tmpdir(), 'urna-purge-'))
    folders.push(folder)
    cpSync(election.path, join(folder, 'club.urna'))
    return folder
  }

  test('leaves the file whole, and repeated it ends with nothing of a voter in any byte', async () => {
    expect(calls.length).toBeGreaterThan(moments)
    expect(plainBytes({ path: election.path, passphrase }).includes(planted)).toBe(true)
    let killed = 0
    for (let moment = 0; moment < moments; moment++) {
      const call = calls[Math.floor((moment * calls.length) / moments)]!
      const folder = copy()
      const path = join(folder, 'club.urna')
      const { status } = await runWith({ call, kind: 'KILL' }, folder, words)
      if (status === null) killed += 1
      const { work, close } = await openUnitOfWork({ path, passphrase, clock: systemClock, officer: 'test' })
      work.checkPages()
      await verifyAuditLog(work)
      const { purgedAt, removes } = await planPurge(work, election.slug)
      // All of it was done, or nothing.
      expect(removes.voters === 0).toBe(purgedAt !== null)
      await close()
      const again = await runPlainly(folder, words)
      expect(again.status, again.stdout + again.stderr).toBe(0)
      expect(JSON.parse(again.stdout).purgedAt).not.toBeNull()
      expect(plainBytes({ path, passphrase }).includes(planted)).toBe(false)
    }
    expect(killed).toBeGreaterThanOrEqual(moments - 1)
  }, 240_000)
})
