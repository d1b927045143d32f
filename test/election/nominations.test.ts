import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as accept from '../../commands/nomination/accept.ts'
import * as add from '../../commands/nomination/add.ts'
import * as close from '../../commands/nomination/close.ts'
import * as decline from '../../commands/nomination/decline.ts'
import * as invite from '../../commands/nomination/invite.ts'
import * as list from '../../commands/nomination/list.ts'
import * as merge from '../../commands/nomination/merge.ts'
import * as open from '../../commands/nomination/open.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { addContest } from '../../src/election/add-contest.ts'
import { readCandidatePhoto } from '../../src/election/candidate-photo.ts'
import { checkElection } from '../../src/election/check-election.ts'
import { createElection } from '../../src/election/create-election.ts'
import { listCandidates } from '../../src/election/list-candidates.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { addMembers, contestDraft, electionDraft, someMembers } from '../support/election.ts'
import { linksFor, secretOf } from '../support/nominees.ts'
import { ask } from '../support/office.ts'
import { portraitWithPlace } from '../support/pictures.ts'
import { plainBytes } from '../support/plain-bytes.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type Serving, serve } from '../support/serving.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

const slug = 'board-2026'
const far = '2999-04-01 18:00'
let urna: TemporaryUrna
let serving: Serving

beforeAll(async () => {
  // The commands read the clock of the machine.
  urna = await temporaryUrna({ now: new Date().toISOString() })
  process.env.URNA_FILE = urna.path
  process.env.URNA_PASSPHRASE = urna.passphrase
  await addMembers(urna.work, someMembers(6))
  const group = await loadGroup()
  const draft = electionDraft({ contests: [contestDraft({ names: ['Carmen Ruiz'] })] })
  await createElection({ work: urna.work, group }, draft)
  serving = await serve(urna)
}, 60_000)
afterAll(async () => {
  delete process.env.URNA_FILE
  delete process.env.URNA_PASSPHRASE
  await serving?.close()
  await urna?.close()
})

const listed = async () => {
  const { contests } = list.output.parse(await json(list))
  return contests[0]!
}
const answer = (deed: 'accept/' | 'decline/' | '', secret: string, body?: unknown) =>
  ask(`${serving.url}/api/elections/${slug}/nominee/${deed}`, {
    ...(deed !== '' && { method: 'POST', body: body ?? {} }),
    key: secret,
  })

describe('nominations', () => {
  let links: Map<string, string>

  test('are for a time, and for contests in which somebody stands', async () => {
    expect(await refused(add, 'Ana Duarte', '--by', '001')).toMatchObject({ code: 'nominations-over' })
    expect(await refused(open, '--until', '2001-01-01 10:00')).toMatchObject({ code: 'invalid-input' })
    expect(await json(open, '--until', far, '--nominators', '2')).toMatchObject({ needed: 2, changed: true })
    expect(await json(open, '--until', far)).toMatchObject({ needed: 2, changed: false })
    for (const contest of [
      contestDraft({ title: 'Dues', method: 'approval-motion', names: ['Yes', 'No'] }),
      contestDraft({ title: 'Council', method: 'dhondt', names: ['Reds'] }),
    ]) {
      await addContest(urna.work, { election: slug, draft: contest })
      expect(await refused(open, '--contest', contest.title, '--until', far)).toMatchObject({
        code: 'nominations-not-possible',
      })
    }
  })

  test('say who put whom up, and count each member once', async () => {
    expect(await json(add, 'Ana Duarte', '--by', '001', '--member', '004')).toMatchObject({
      ...{ added: true, nominators: 1, needed: 2 },
    })
    const again = await json(add, 'Ana Duarte', '--by', '001', '--by', '002', '--member', '004')
    expect(again).toMatchObject({ added: false, nominators: 2 })
    await json(add, 'Ana Duart', '--by', '003')
    await json(add, 'Bo Lindqvist', '--by', '001', '--by', '002', '--email', 'bo@example.org')
    await json(add, 'Di Moreau', '--by', '005', '--by', '006')
    await json(add, 'El Greco', '--by', '005')
    expect(await refused(add, 'Fay', '--by', '999')).toMatchObject({ code: 'member-not-found' })
    expect(await refused(add, ' ', '--by', '001')).toMatchObject({ code: 'invalid-input' })
    const { nominations, alike } = await listed()
    expect(nominations.map(({ name, nominatedBy }) => [name, nominatedBy.map((by) => by.number)])).toEqual([
      ['Ana Duarte', ['001', '002']],
      ['Ana Duart', ['003']],
      ['Bo Lindqvist', ['001', '002']],
      ['Di Moreau', ['005', '006']],
      ['El Greco', ['005']],
    ])
    expect(alike).toEqual([{ one: 1, other: 2 }])
    const shown = await runCommand(list.default, [])
    expect(shown.stdout).toContain('1 and 2 may be one person: urna nomination merge 2 --into 1')
  })

  test('that mean the same person become one, with all who want it behind it', async () => {
    expect(await refused(merge, 'Anna', '--into', '1')).toMatchObject({ code: 'nomination-not-found' })
    expect(await refused(merge, '1', '--into', 'ana duarte')).toMatchObject({ code: 'invalid-input' })
    expect(await json(merge, '2', '--into', 'Ana Duarte')).toMatchObject({
      ...{ name: 'Ana Duarte', merged: 'Ana Duart', nominators: 3 },
    })
    expect((await listed()).alike).toEqual([])
  })

  test('are answered by a link whose secret is in no byte of the file, and which another one replaces', async () => {
    const file = join(urna.folder, 'links.csv')
    const made = await json(invite, '--links', 'https://vote.example.org', '--out', file)
    expect(made).toMatchObject({ invited: ['Ana Duarte', 'Bo Lindqvist', 'Di Moreau', 'El Greco'] })
    expect(statSync(file).mode & 0o077).toBe(0)
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(`Bo Lindqvist,bo@example.org,Chair,https://vote.example.org/nominate/${slug}#n=`)
    expect(await json(invite, '--links', 'https://vote.example.org')).toMatchObject({ file: null })
    const before = secretOf(text.split('\n').find((line) => line.startsWith('Bo')))
    expect(await answer('', before)).toMatchObject({ status: 200, body: { name: 'Bo Lindqvist' } })
    const again = ['--links', 'https://vote.example.org', '--again', 'Bo Lindqvist', '--out', file]
    await json(invite, ...again)
    expect(await answer('', before)).toMatchObject({
      ...{ status: 401, body: { error: { code: 'not-authenticated' } } },
    })
    links = new Map(
      [...text.trim().split('\n').slice(1), ...readFileSync(file, 'utf8').trim().split('\n').slice(1)].map(
        (line) => [line.split(',')[0]!, line.split(',').at(-1)!],
      ),
    )
    expect(plainBytes(urna).includes(secretOf(links.get('Bo Lindqvist')))).toBe(false)
  })

  test('are accepted with a statement and a picture that says nothing else, or declined', async () => {
    const secret = secretOf(links.get('Bo Lindqvist'))
    const photo = (await portraitWithPlace()).toString('base64')
    expect(await answer('accept/', secret, { statement: ' Lower dues. ', photo })).toMatchObject({
      ...{ status: 200, body: { name: 'Bo Lindqvist', state: 'accepted' } },
    })
    expect(await answer('', secret)).toMatchObject({
      ...{ body: { statement: 'Lower dues.', photo: true, nominatedBy: ['Member 001', 'Member 002'] } },
    })
    const bad = { photo: Buffer.from('<svg/>').toString('base64') }
    expect(await answer('accept/', secret, bad)).toMatchObject({
      ...{ status: 400, body: { error: { code: 'photo-invalid' } } },
    })
    const greco = secretOf(links.get('El Greco'))
    expect(await answer('accept/', greco)).toMatchObject({ body: { state: 'accepted' } })
    const moreau = secretOf(links.get('Di Moreau'))
    expect(await answer('decline/', moreau)).toMatchObject({ body: { state: 'declined' } })
    expect(await answer('accept/', moreau)).toMatchObject({ body: { state: 'accepted' } })
    expect(await json(decline, 'Di Moreau')).toMatchObject({ state: 'withdrawn' })
    const path = join(urna.folder, 'ana.jpg')
    writeFileSync(path, await portraitWithPlace())
    expect(await json(accept, 'Ana Duarte', '--statement', 'Open books.', '--photo', path)).toMatchObject({
      state: 'accepted',
    })
    const long = await refused(accept, 'Ana Duarte', '--statement', 'x'.repeat(5001))
    expect(long).toMatchObject({ code: 'invalid-input' })
  })

  test('that are open keep the election from opening', async () => {
    const { findings } = await checkElection(urna.work, slug)
    expect(findings).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ code: 'nominations-open' })]),
    )
  })

  test('end with everybody on the ballot who accepted and whom enough members want', async () => {
    expect(await json(close)).toMatchObject({
      ...{ candidates: ['Ana Duarte', 'Bo Lindqvist'], tooFew: ['El Greco'], silent: [], changed: true },
    })
    expect(await json(close)).toMatchObject({ changed: false })
    const { contests } = await listCandidates(urna.work, { election: slug, contest: 'Chair' })
    expect(contests[0]!.options.map(({ name, statement }) => [name, statement])).toEqual([
      ['Carmen Ruiz', ''],
      ['Ana Duarte', 'Open books.'],
      ['Bo Lindqvist', 'Lower dues.'],
    ])
    const photo = await readCandidatePhoto(urna.work, { election: slug, contest: 1, option: 3 })
    expect(photo.type).toBe('image/jpeg')
    expect(Buffer.from(photo.bytes).includes('urna-secret-mark')).toBe(false)
    expect(await answer('decline/', secretOf(links.get('Bo Lindqvist')))).toMatchObject({
      ...{ status: 409, body: { error: { code: 'nominations-over' } } },
    })
  })

  test('go on after the end, and leave alone who is on the ballot', async () => {
    await json(open, '--contest', 'Chair', '--until', far, '--nominators', '1')
    expect(await refused(decline, 'Bo Lindqvist')).toMatchObject({ code: 'wrong-state' })
    expect(await json(close)).toMatchObject({ candidates: ['Ana Duarte', 'Bo Lindqvist', 'El Greco'] })
  })

  test('stand in the log, which names people only under the key of the election', async () => {
    const log = await urna.work.read((tx) => readLog(tx))
    const deeds = log.map(({ action }) => action)
    for (const deed of [
      ...['nominations-opened', 'candidate-nominated', 'nominations-merged', 'nominees-invited'],
      ...['nomination-answered', 'nominations-closed'],
    ]) {
      expect(deeds).toContain(deed)
    }
    const answered = log.filter(({ action }) => action === 'nomination-answered')
    expect(answered.map(({ officer }) => officer)).toContain('nominee')
  })
})

test('two namesakes are told apart by their numbers', async () => {
  await json(open, '--contest', 'Chair', '--until', far)
  await json(add, 'Jo Kim', '--by', '001', '--member', '005')
  await json(add, 'Jo Kim', '--by', '001', '--member', '006')
  expect(await refused(decline, 'Jo Kim')).toMatchObject({ code: 'invalid-input' })
  expect(await refused(merge, '6', '--into', '5')).toMatchObject({ code: 'invalid-input' })
  expect(await json(decline, '6')).toMatchObject({ name: 'Jo Kim', state: 'declined' })
  const links = await linksFor(urna, slug)
  expect(links.size).toBe(1)
})
