import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { backUpFile } from '../../src/audit/back-up.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { restoreFile } from '../../src/audit/restore.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { certifyElection } from '../../src/election/certify-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { verify } from '../../src/verify/node.ts'
import { openCasting } from '../../src/voting/casting.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { codesAnHour } from '../../src/voting/make-code.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { asCertifier } from '../support/certifier.ts'
import type { TemporaryUrna } from '../support/urna.ts'
import { exportedArchive, type SmallElection } from '../tally/small-election.ts'
import { askForCode, codeIn, codesOf, outbox, signedRequest } from '../voting/code-fixtures.ts'
import {
  draftElection,
  formOf,
  group,
  ingestAll,
  type Opened,
  openedElection,
  sealVote,
  tokensIn,
} from '../voting/fixtures.ts'

let urna: TemporaryUrna
afterEach(() => urna.close())

const hour = 3600

test('an election whose clock goes back an hour before every step is held, counted, certified and verified', async () => {
  const draft = await draftElection({ contests: 'committee' })
  urna = draft
  const { work, clock, slug, folder } = draft
  const deps = { work, group }
  const back = () => clock.advance(-hour)
  const out = join(folder, 'tokens.csv')
  back()
  await issueTokens(deps, { election: slug, out, reserve: 2, expires: undefined })
  back()
  await openElection(deps, slug)
  const { sealed_json, uuid } = await work.read((tx) => findElection(tx, slug))
  const box: Opened = { ...draft, form: formOf(sealed_json ?? ''), tokens: tokensIn(out) }
  for (const number of ['1001', '1002', '1001']) {
    back()
    const [ballot] = await ingestAll(work, [sealVote(box, number)])
    expect(ballot?.outcome).not.toBe('refused')
  }
  back()
  await pauseElection(work, slug)
  back()
  await openElection(deps, slug)
  back()
  await replaceToken(deps, { election: slug, number: '1003', reason: 'lost', out: undefined })
  back()
  await correctRoll(work, { election: slug, kind: 'strike', number: '1003', reason: 'left' })
  back()
  await closeElection(deps, slug)
  back()
  await runTally(deps, { slug, seed: undefined })
  back()
  await publishResult(work, { election: slug })
  back()
  await asCertifier(draft, (by) => certifyElection(deps, slug, by))

  const election = { ...box, uuid, keys: new Map() } satisfies SmallElection
  const { checks } = await verify(await exportedArchive(election))
  expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  expect((await readResultDocument(deps, slug)).turnout.voted).toBe(2)
  const log = await work.read(readLog)
  expect(await verifyAuditLog(work)).toMatchObject({ entries: log.length })
  // It tells the order in which things were done, whatever the clock said.
  const steps = [
    'tokens-issued',
    'election-opened',
    'election-paused',
    'election-closed',
    'election-certified',
  ]
  const told = log.map(({ action }) => action).filter((action) => steps.includes(action))
  expect([...new Set(told)]).toEqual(steps)
})

test('a ballot that comes after the close is refused, also where the clock has gone back before it', async () => {
  const box = await openedElection({ contests: 'committee', closesAt: '2026-03-02T20:00:00.000Z' })
  urna = box
  box.clock.set('2026-03-02T20:00:01.000Z')
  await closeElection({ work: box.work, group }, box.slug)
  for (const time of ['2026-03-02T19:00:00.000Z', '2026-03-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z']) {
    box.clock.set(time)
    expect(await ingestAll(box.work, [sealVote(box, '1001')])).toMatchObject([
      { outcome: 'refused', code: 'election-closed' },
    ])
    await expect(openElection({ work: box.work, group }, box.slug)).rejects.toMatchObject({
      code: 'wrong-state',
    })
    const changes = { closes: '2026-03-03 20:00' }
    await expect(
      editElection(
        { work: box.work, group },
        { election: box.slug, changes, reason: 'why', rehearsal: false },
      ),
    ).rejects.toMatchObject({ code: 'wrong-state' })
  }
})

test('a one-time code that was sent before the clock went back counts no longer, and another one can be had', async () => {
  const box = await openedElection({ contests: 'committee', code: 'email' })
  urna = box
  const mail = outbox()
  const codes = await codesOf(box, { email: mail })
  const casting = openCasting({ work: box.work, group })
  const cast = (number: string) =>
    casting.cast(box.slug, {
      ballot: sealVote(box, number),
      code: codeIn(mail.messages.at(-1)),
      address: '192.0.2.1',
    })
  try {
    const { challenge } = await codes.challenge(box.slug)
    await askForCode(box, codes, '1001')
    // As clocks are put right while they run.
    box.clock.advance(-30)
    expect(await cast('1001')).toMatchObject({ outcome: 'accepted' })
    for (let asked = 0; asked < codesAnHour; asked++) await askForCode(box, codes, '1002')
    box.clock.advance(-2 * hour)
    expect(await cast('1002')).toMatchObject({ outcome: 'refused', code: 'code-expired' })
    await expect(codes.request(box.slug, signedRequest(box, '1002', challenge))).rejects.toMatchObject({
      code: 'challenge-invalid',
    })
    const before = mail.messages.length
    await askForCode(box, codes, '1002')
    expect(mail.messages).toHaveLength(before + 1)
    expect(await cast('1002')).toMatchObject({ outcome: 'accepted' })
  } finally {
    await codes.close()
    await casting.close()
  }
})

test('two restores at one moment keep both files that they replace', async () => {
  const box = await openedElection({ contests: 'committee' })
  urna = box
  const backup = join(box.folder, 'safe.urna')
  await backUpFile(box.work, backup)
  await box.release()
  const request = { ...box, backup, to: box.path, officer: 'bea', confirm: 'test.urna' }
  const first = await restoreFile(request)
  const second = await restoreFile(request)
  expect(first.replaced?.keptAs).not.toBe(second.replaced?.keptAs)
})
