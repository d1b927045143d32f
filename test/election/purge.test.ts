import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { certifyElection } from '../../src/election/certify-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { createRunoff } from '../../src/election/create-runoff.ts'
import { listElections } from '../../src/election/list-elections.ts'
import { openElection } from '../../src/election/open-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { planPurge, purgeElection } from '../../src/election/purge-election.ts'
import { readElection } from '../../src/election/read-election.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { purgeMembers } from '../../src/register/purge-members.ts'
import { showRoll } from '../../src/register/show-roll.ts'
import type { Database } from '../../src/store/unit-of-work.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { verify } from '../../src/verify/node.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { listTokens } from '../../src/voting/list-tokens.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { asCertifier } from '../support/certifier.ts'
import { plainBytes } from '../support/plain-bytes.ts'
import {
  draftElection,
  formOf,
  group,
  ingestAll,
  type Opened,
  sealVote,
  tokensIn,
} from '../voting/fixtures.ts'

/**
 * What every column of the file holds. A new one has to be put here: `personal` is planted with a text that must be
 * gone after a purge, `link` ties something to a person and is cut, `public` is in the archive, the result or on the
 * ballot, `officer` says who answers for what was done, `own` is urna's own.
 */
const classes: Record<string, Record<string, 'personal' | 'link' | 'public' | 'officer' | 'own'>> = {
  organisation: {
    id: 'own',
    slug: 'public',
    name: 'public',
    hash_key: 'own',
    created_at: 'own',
    two_officers: 'own',
    keep_days: 'own',
  },
  organisation_host: { hostname: 'public', organisation_id: 'own' },
  officer: {
    ...{ id: 'own', organisation_id: 'own', name: 'officer', email: 'officer', role: 'officer' },
    ...{ created_at: 'own', removed_at: 'own', unit_id: 'own' },
  },
  api_key: {
    ...{
      id: 'own',
      officer_id: 'officer',
      handle: 'officer',
      hash: 'officer',
      scopes: 'officer',
      dry_run: 'own',
    },
    ...{ created_at: 'own', expires_at: 'own', revoked_at: 'own', used_at: 'own' },
  },
  session: { hash: 'officer', key_id: 'officer', opened_at: 'own', seen_at: 'own' },
  member: {
    ...{ id: 'link', organisation_id: 'own', number: 'personal', name: 'personal', email: 'personal' },
    ...{
      phone: 'personal',
      status: 'personal',
      region: 'personal',
      chapter: 'personal',
      district: 'personal',
    },
    ...{ weight_micros: 'link', national_id_hash: 'personal', custom: 'personal' },
    ...{ created_at: 'own', updated_at: 'own', left_at: 'own' },
  },
  unit: { id: 'own', organisation_id: 'own', parent_id: 'own', slug: 'own', name: 'own', kind: 'own' },
  member_service: {
    ...{ organisation_id: 'own', url: 'own', max_age_minutes: 'own', fetched_at: 'own', snapshot: 'own' },
    ...{ sha256: 'own', listed: 'own' },
  },
  election: {
    ...{ id: 'own', organisation_id: 'own', slug: 'public', uuid: 'public', title: 'public' },
    ...{ description: 'public', status: 'public', zone: 'public', opens_at: 'public', closes_at: 'public' },
    ...{ recast: 'public', code: 'public', eligibility: 'public', weight_unit_micros: 'public' },
    ...{ runoff_of: 'public', runoff_round: 'public', sealed_json: 'public', roll_fingerprint: 'public' },
    ...{ created_at: 'own', opened_at: 'public', closed_at: 'public', tallied_at: 'public' },
    ...{ certified_at: 'public', archived_at: 'own', cancelled_at: 'public', embargo_until: 'own' },
    ...{ published_at: 'public', visibility: 'public', allow_invalid: 'public', live_voting: 'public' },
    ...{
      anonymised_at: 'public',
      rehearsal: 'public',
      two_officers: 'own',
      keep_days: 'own',
      rights: 'public',
      resets: 'own',
    },
  },
  contest: {
    ...{ id: 'own', election_id: 'own', position: 'public', title: 'public', description: 'public' },
    ...{ style: 'public', method: 'public', rules: 'public', seats: 'public', min_selections: 'public' },
    ...{ max_selections: 'public', blank: 'public', blank_name: 'public', grades: 'public' },
    ...{ write_in: 'public', random_order: 'public' },
  },
  contest_option: {
    ...{ id: 'own', contest_id: 'own', position: 'public', name: 'public', statement: 'personal' },
    ...{ party: 'public', symbol: 'public', birth_date: 'personal', district: 'public', slate: 'public' },
    ...{ role: 'public', members: 'public' },
  },
  candidate_photo: { option_id: 'own', type: 'own', bytes: 'personal', sha256: 'personal' },
  nomination_phase: {
    ...{ contest_id: 'own', opened_at: 'own', ends_at: 'own', needed: 'own', closed_at: 'own' },
  },
  nomination: {
    ...{ id: 'own', contest_id: 'own', name: 'personal', member_id: 'link', email: 'personal', at: 'own' },
    ...{ state: 'own', answered_at: 'own', statement: 'personal', photo_type: 'own' },
    ...{ photo_bytes: 'personal', photo_sha256: 'personal', hash: 'personal', invited_at: 'own' },
    option_id: 'own',
  },
  nominator: { nomination_id: 'own', member_id: 'link', at: 'own' },
  trustee: {
    ...{ id: 'own', election_id: 'own', position: 'public', name: 'public', kind: 'public' },
    ...{ public_key: 'public', secret: 'own', created_at: 'own', place: 'public', rehearsed_at: 'own' },
  },
  poll: { id: 'own', organisation_id: 'own', election_id: 'own', settings: 'public' },
  trustee_group: {
    ...{ election_id: 'own', ceremony: 'own', threshold: 'public', parameters: 'public', created_at: 'own' },
  },
  group_member: {
    ...{ election_id: 'own', place: 'public', name: 'public' },
    ...{ certificate: 'public', shares: 'own', public_key: 'public' },
  },
  contribution_signature: {
    election_id: 'own',
    owner: 'public',
    kind: 'public',
    head: 'public',
    signature: 'public',
  },
  trustee_invitation: {
    ...{ election_id: 'own', name: 'public', hash: 'own', created_at: 'own' },
    ...{ refused_at: 'own', refused_reason: 'own' },
  },
  notification_read: { reader: 'officer', position: 'own' },
  webhook: {
    ...{ id: 'own', organisation_id: 'own', url: 'own', kinds: 'own', secret: 'own', allow_private: 'own' },
    ...{ seen: 'own', officer: 'officer', created_at: 'own' },
  },
  webhook_delivery: {
    ...{ id: 'own', webhook_id: 'own', position: 'own', message_id: 'own', type: 'own', body: 'public' },
    ...{ state: 'own', tries: 'own', answer: 'own', due_at: 'own', at: 'own' },
  },
  voter: {
    ...{ id: 'link', election_id: 'own', member_id: 'link', number: 'personal', name: 'personal' },
    ...{ email: 'personal', phone: 'personal', status: 'personal', region: 'personal' },
    ...{ chapter: 'personal', district: 'personal', weight_micros: 'link' },
  },
  roll_correction: {
    ...{ id: 'own', election_id: 'own', kind: 'link', number: 'personal', reason: 'personal' },
    ...{ officer: 'officer', at: 'link' },
  },
  token_registration: { election_id: 'own', sha256: 'own', at: 'own' },
  runoff_slot: { election_id: 'own', round: 'own', uuid: 'own' },
  token: {
    ...{ id: 'link', election_id: 'own', voter_id: 'link', state: 'own', reserve_number: 'link' },
    ...{ expires_at: 'own', issued_at: 'own', revoked_at: 'own', revoked_reason: 'personal' },
    proxy_id: 'link',
  },
  delegation: {
    ...{ id: 'own', organisation_id: 'own', election_id: 'own', represented_id: 'link', acting_id: 'link' },
    ...{ reason: 'personal', expires_at: 'own', officer: 'officer', at: 'link', revoked_at: 'link' },
    ...{ revoked_by: 'officer', revoked_reason: 'personal' },
  },
  proxy: {
    ...{ id: 'own', election_id: 'own', voter_id: 'link', acting_number: 'personal' },
    ...{ acting_name: 'personal', acting_email: 'personal', acting_phone: 'personal', reason: 'personal' },
    ...{ expires_at: 'own', officer: 'officer', at: 'link', corrected: 'own', revoked_at: 'link' },
    ...{ revoked_by: 'officer', revoked_reason: 'personal' },
  },
  presence: { member_id: 'link', since: 'link' },
  election_weight: { election_id: 'own', member_id: 'link', weight_micros: 'link' },
  token_credential: { uuid: 'public', credential: 'public', token_id: 'link' },
  board_record: { election_id: 'own', position: 'public', kind: 'public', hash: 'public', body: 'public' },
  ballot: {
    ...{ id: 'own', election_id: 'own', voter_id: 'link', token_id: 'link', tracking_code: 'public' },
    ...{ board_position: 'public', effective: 'public' },
  },
  mark: { election_id: 'own', voter_id: 'link', at: 'link', paper_officer: 'officer' },
  paper_batch: {
    ...{ id: 'own', election_id: 'own', number: 'public', place: 'public', issued: 'public' },
    ...{ spoiled: 'public', papers: 'public', officer: 'officer', at: 'own' },
  },
  paper_entry: {
    ...{ id: 'own', batch_id: 'own', contest_id: 'own', turn: 'own', body: 'public', reason: 'officer' },
    ...{ officer_id: 'officer', public_key: 'officer', signature: 'officer', at: 'own' },
  },
  tabulation: { contest_id: 'own', outcome: 'public', body: 'public', created_at: 'own' },
  audit_entry: {
    ...{ position: 'own', at: 'own', officer: 'officer', action: 'own', election: 'public', hash: 'own' },
    // What it says of people is encrypted; the key is planted by itself.
    details: 'own',
  },
  code_key: { id: 'own', key: 'own' },
  entered_result: { election_id: 'own', body: 'public', officer: 'officer', at: 'own' },
  anonymous_box: { election_id: 'own', body: 'public' },
  one_time_code: {
    ...{ id: 'own', election_id: 'own', voter_id: 'link', hash: 'personal', created_at: 'link' },
    ...{ expires_at: 'own', tries: 'own', used: 'own' },
  },
  missed_opening: { election_id: 'own', opens_at: 'public', obstacles: 'own', at: 'own' },
  officer_key: {
    ...{ id: 'own', officer_id: 'officer', public_key: 'officer', created_at: 'own', replaced_at: 'own' },
  },
  approval: {
    ...{ id: 'own', election_id: 'own', deed: 'own', subject: 'public', state: 'own', reason: 'officer' },
    ...{ requested_by: 'officer', requested_at: 'own', expires_at: 'own', request_proof: 'officer' },
    ...{ decided_by: 'officer', decided_at: 'own', decision_proof: 'officer', used_at: 'own' },
  },
  // Its text stands in the certificate, which everybody reads.
  incident: {
    ...{ id: 'own', election_id: 'own', number: 'public', kind: 'public', at: 'public', text: 'public' },
    ...{ contest_id: 'public', affected: 'public', affected_kind: 'public', explains: 'public' },
    ...{ officer: 'officer', recorded_at: 'own', resolution: 'public', resolved_by: 'officer' },
    ...{ resolved_at: 'own' },
  },
  contested_ballot: { incident_id: 'own', ballot_id: 'link', voter_id: 'link' },
  certificate: { election_id: 'own', body: 'public', created_at: 'own' },
  certificate_signature: { election_id: 'own', officer_key_id: 'officer', signature: 'officer' },
  mailing: {
    ...{ id: 'own', election_id: 'own', channel: 'own', kind: 'own', name: 'own', started_at: 'own' },
    ...{ run: 'own', run_until: 'own' },
  },
  message: {
    ...{ id: 'own', mailing_id: 'own', voter_id: 'link', token_id: 'link', key: 'personal' },
    ...{ state: 'link', reason: 'personal', tries: 'own', at: 'link', due_at: 'link' },
  },
  unsubscribed: { member_id: 'link', channel: 'link', at: 'link' },
  log_key: { election_id: 'own', key: 'personal' },
  purge: { election_id: 'own', at: 'own', officer: 'officer', figures: 'public' },
}

const planted = (of: string, voter: number) => `Planted-${of}-${'abcdefgh'[voter]}`
const memberTexts = ['name', 'email', 'phone', 'status', 'region', 'chapter', 'district'] as const
const voters = 5
const struck = 3
const replaced = 4
const number = (voter: number) => planted('number', voter)
const birthDate = '1947-08-15'
const photo = Buffer.from('Planted-photo-bytes')
const hash = Buffer.from('Planted-hash-of-thirty-two-bytes')

let box: Opened
let personal: (string | Buffer)[]
const nominee = [
  ...(['Planted-nominee', 'Planted-nominee-mail', 'Planted-nominee-statement'] as const),
  ...(['Planted-nominee-photo', 'Planted-nominee-sha', 'Planted-nominee-link'] as const),
] as const
let before: { bytes: Buffer; result: unknown; archive: Buffer; listed: unknown }

beforeAll(async () => {
  const draft = await draftElection({ voters, contests: 'committee' })
  const { work, slug, folder } = draft
  await work.write('test', async ({ db }) => {
    for (let voter = 0; voter < voters; voter++) {
      const texts = Object.fromEntries(memberTexts.map((column) => [column, planted(column, voter)]))
      await db
        .updateTable('member')
        .set({ ...texts, number: number(voter), custom: JSON.stringify({ note: planted('custom', voter) }) })
        .set({ national_id_hash: Buffer.from(planted('national-id-hash', voter).padEnd(32, '.')) })
        .where('number', '=', String(1001 + voter))
        .execute()
    }
    await plantNominee(db)
    const { id } = await db.selectFrom('contest_option').select('id').limit(1).executeTakeFirstOrThrow()
    await db
      .updateTable('contest_option')
      .set({ statement: 'Planted-statement', birth_date: birthDate })
      .where('id', '=', id)
      .execute()
    await db
      .insertInto('candidate_photo')
      .values({ option_id: id, type: 'image/png', bytes: photo, sha256: 'planted0'.repeat(8) })
      .execute()
  })
  const out = join(folder, 'tokens.csv')
  await issueTokens({ work, group }, { election: slug, out, reserve: 1, expires: undefined })
  await openElection({ work, group }, slug)
  const { sealed_json } = await readElection(work, slug)
  box = { ...draft, form: formOf(sealed_json ?? ''), tokens: tokensIn(out) }
  await ingestAll(
    work,
    [0, 1, 0].map((voter) => sealVote(box, number(voter))),
  )
  await correctRoll(work, {
    election: slug,
    kind: 'strike',
    number: number(struck),
    reason: 'Planted-reason',
  })
  await replaceToken(
    { work, group },
    { election: slug, number: number(replaced), reason: 'Planted-loss', out: join(folder, 'one.csv') },
  )
  await work.write('test', async ({ db }) => {
    const { id } = await db.selectFrom('voter').select('id').limit(1).executeTakeFirstOrThrow()
    const at = { created_at: '2026-03-02', expires_at: '2026-03-03' }
    await db
      .insertInto('one_time_code')
      .values({ election_id: 1, voter_id: id, hash, ...at })
      .execute()
    await db
      .insertInto('mailing')
      .values({ election_id: 1, channel: 'email', kind: 'tokens', name: 'tokens', started_at: '2026-03-02' })
      .execute()
    await db
      .insertInto('message')
      .values({
        mailing_id: 1,
        voter_id: id,
        key: 'planted-key-of-letters',
        state: 'failed',
        reason: 'Planted-answer',
        at: '2026-03-02',
      })
      .execute()
    const { member_id } = await db.selectFrom('voter').select('member_id').limit(1).executeTakeFirstOrThrow()
    await db
      .insertInto('unsubscribed')
      .values({ member_id: member_id!, channel: 'email', at: '2026-03-02' })
      .execute()
    await plantProxies(db, id)
  })
  await closeElection({ work, group }, slug)
  await runTally({ work, group }, { slug, seed: undefined })
  await publishResult(work, { election: slug })
  await asCertifier({ work, folder }, (by) => certifyElection({ work, group }, slug, by))
  const { key } = await work.read(({ db }) =>
    db.selectFrom('log_key').select('key').executeTakeFirstOrThrow(),
  )
  copyFileSync(box.path, `${box.path}.before-version-3`)
  personal = [
    ...Array.from({ length: voters }, (_, voter) => [
      number(voter),
      planted('custom', voter),
      planted('national-id-hash', voter),
      ...memberTexts.map((column) => planted(column, voter)),
    ]).flat(),
    ...['Planted-statement', birthDate, 'planted0', 'Planted-reason', 'Planted-loss', photo, hash],
    ...['planted-key-of-letters', 'Planted-answer'],
    ...['Planted-return', 'Planted-letter', 'Planted-acting', 'Planted-proxy', 'Planted-mail'],
    'Planted-phone',
    ...nominee,
    Buffer.from(key),
  ]
  before = {
    bytes: plainBytes(box),
    result: await readResultDocument({ work, group }, slug),
    archive: await archiveOf(),
    listed: await listElections(work),
  }
}, 120_000)
afterAll(() => box?.close())

/** Somebody who was nominated, with all that a nomination can hold. */
async function plantNominee(db: Kysely<Database>): Promise<void> {
  const { id } = await db.selectFrom('contest').select('id').limit(1).executeTakeFirstOrThrow()
  const at = '2026-03-02'
  await db
    .insertInto('nomination_phase')
    .values({ contest_id: id, opened_at: at, ends_at: at, closed_at: at })
    .execute()
  const [name, email, statement, photo, sha256, link] = nominee
  await db
    .insertInto('nomination')
    .values({
      ...{ contest_id: id, name, email, statement, at, member_id: null, invited_at: at },
      ...{ photo_type: 'image/jpeg', photo_bytes: Buffer.from(photo), photo_sha256: sha256.padEnd(64, '.') },
      hash: Buffer.from(link.padEnd(32, '.')),
    })
    .execute()
}

/** A vote that was given away and taken back, in all elections and in this one. */
async function plantProxies(db: Kysely<Database>, voter: number): Promise<void> {
  const members = await db.selectFrom('member').select('id').limit(2).execute()
  const [first, second] = members.map(({ id }) => id) as [number, number]
  const back = { revoked_at: '2026-03-03', revoked_by: 'ada', revoked_reason: 'Planted-return' }
  const given = { reason: 'Planted-letter', expires_at: null, officer: 'ada', at: '2026-03-02', ...back }
  await db
    .insertInto('delegation')
    .values({ organisation_id: 1, election_id: null, represented_id: first, acting_id: second, ...given })
    .execute()
  await db
    .insertInto('proxy')
    .values({
      ...{ election_id: 1, voter_id: voter, corrected: 1, acting_number: 'Planted-acting' },
      ...{
        acting_name: 'Planted-proxy',
        acting_email: 'Planted-mail',
        acting_phone: 'Planted-phone',
        ...given,
      },
    })
    .execute()
}

async function archiveOf(): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  await box.work.read(async (tx) => {
    const election = await tx.db.selectFrom('election').selectAll().executeTakeFirstOrThrow()
    await writeArchive(tx, election, (bytes) => {
      chunks.push(bytes)
    })
  })
  return Buffer.concat(chunks)
}

function foundIn(bytes: Buffer): string[] {
  return personal.filter((text) => bytes.includes(text)).map(String)
}

async function columns(): Promise<Record<string, string[]>> {
  const rows = await box.work.read(({ db }) =>
    sql<{ table: string; column: string }>`
      select t.name as "table", c.name as "column" from sqlite_schema t, pragma_table_info(t.name) c
      where t.type = 'table' and t.name not like 'kysely%' and t.name not like 'sqlite%'`.execute(db),
  )
  return Object.fromEntries(
    Object.entries(Object.groupBy(rows.rows, (row) => row.table)).map(([table, list]) => [
      table,
      list!.map(({ column }) => column).sort(),
    ]),
  )
}

test('every column of the file is known to be personal, or why it is kept', async () => {
  const known = Object.entries(classes).map(([table, list]) => [table, Object.keys(list).sort()])
  expect(await columns()).toEqual(Object.fromEntries(known))
})

test('every personal column holds what was planted, and the bytes before the purge hold all of it', async () => {
  expect(foundIn(before.bytes)).toHaveLength(personal.length)
  for (const [table, list] of Object.entries(classes)) {
    for (const column of Object.keys(list).filter((each) => list[each] === 'personal')) {
      const { rows } = await box.work.read(({ db }) =>
        sql<{ value: string | Uint8Array | null }>`
          select ${sql.ref(column)} as value from ${sql.table(table)}`.execute(db),
      )
      const values = rows.map(({ value }) => Buffer.from(value ?? ''))
      expect(
        values.some((value) => foundIn(value).length > 0),
        `${table}.${column}`,
      ).toBe(true)
    }
  }
})

describe('after a purge', () => {
  beforeAll(async () => {
    const plan = await planPurge(box.work, undefined)
    expect(plan).toMatchObject({ purgedAt: null, removes: { voters, tokens: 6, corrections: 1, photos: 1 } })
    expect(foundIn(plainBytes(box))).toHaveLength(personal.length)
    await purgeElection(box.work, box.slug)
    await purgeMembers(box.work, undefined)
  }, 60_000)

  test('no planted personal string is in any byte of the file, its journal or its log', async () => {
    const bytes = plainBytes(box)
    expect(foundIn(bytes)).toEqual([])
    expect(bytes.includes('Planted')).toBe(false)
    const log = await box.work.read((tx) => readLog(tx))
    expect(JSON.stringify(log)).not.toContain('Planted')
    expect(log.filter(({ details }) => details.personal === 'purged').length).toBeGreaterThan(3)
  })

  test('the copy that urna made beside the file is gone', () => {
    expect(existsSync(`${box.path}.before-version-3`)).toBe(false)
  })

  test('the chain of the log, the archive and the result are what they were, and verify', async () => {
    await expect(verifyAuditLog(box.work)).resolves.toMatchObject({ head: expect.any(String) })
    const archive = await archiveOf()
    expect(archive.equals(before.archive)).toBe(true)
    const file = join(box.folder, 'archive.bel')
    writeFileSync(file, archive)
    const { outcome, complete } = await verify(file)
    expect({ outcome, complete }).toEqual({ outcome: 'verified', complete: true })
    expect(await readResultDocument({ work: box.work, group }, box.slug)).toEqual(before.result)
  })

  test('the list of elections tells as many who voted, and one voter less: who was struck', async () => {
    const [was, is] = [before.listed, await listElections(box.work)] as { voted: number; voters: number }[][]
    expect(is![0]).toMatchObject({ voted: was![0]!.voted, voters: was![0]!.voters - 1 })
  })

  test('nobody can tell whose a ballot was: voters are nameless, and their order is one of chance', async () => {
    const { rows } = await box.work.read(({ db }) =>
      sql<object>`select number, name, member_id from voter`.execute(db),
    )
    expect(rows).toEqual(
      Array.from({ length: voters - 1 }, () => ({
        number: expect.stringMatching(/^purged-\d+$/),
        name: '',
        member_id: null,
      })),
    )
    const tokens = await box.work.read(({ db }) =>
      db.selectFrom('token').select(['voter_id', 'state']).execute(),
    )
    expect(tokens).toEqual([{ voter_id: null, state: 'revoked' }])
    const credentials = await box.work.read(({ db }) =>
      db.selectFrom('token_credential').selectAll().execute(),
    )
    expect(credentials).toEqual([])
    const { rows: written } = await box.work.read(({ db }) =>
      sql<object>`select id from message union all select member_id from unsubscribed`.execute(db),
    )
    expect(written).toEqual([])
  })

  test('what needs voters is refused with the reason', async () => {
    const purged = { code: 'election-purged' }
    await expect(showRoll(box.work, box.slug)).rejects.toMatchObject(purged)
    await expect(box.work.read((tx) => listTokens(tx, box.slug))).rejects.toMatchObject(purged)
    const runoff = { election: box.slug, opens: undefined, hours: 1 }
    await expect(
      createRunoff({ work: box.work, group }, runoff as Parameters<typeof createRunoff>[1]),
    ).rejects.toMatchObject(purged)
  })

  test('a second purge changes nothing, and records nothing', async () => {
    const log = await verifyAuditLog(box.work)
    const again = await purgeElection(box.work, box.slug)
    expect(again).toMatchObject({ purgedAt: '2026-03-02T09:00:00.000Z', removes: { voters: 0, tokens: 0 } })
    expect(await verifyAuditLog(box.work)).toEqual(log)
  })

  test.each([
    ['delete from purge', 'what was purged stays so'],
    ["update voter set name = 'Somebody'", 'fixed at opening'],
    ["update ballot set tracking_code = '0123456789012345678901234567890123456789012'", 'superseded'],
    ["update contest_option set name = 'Somebody'", 'fixed at opening'],
  ])('the file itself refuses: %s', async (statement, reason) => {
    const change = box.work.write('test', ({ db }) => sql.raw(statement).execute(db))
    await expect(change).rejects.toThrow(reason)
  })
})
