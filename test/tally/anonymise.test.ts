import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import type { Selections } from '../../src/ballot/selections.ts'
import { certifyElection } from '../../src/election/certify-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { anonymiseElection } from '../../src/tally/anonymise.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { verifySource } from '../../src/tally/verify-archive.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { boardOfElection, findOnBoard } from '../../src/voting/public-board.ts'
import { asCertifier } from '../support/certifier.ts'
import { group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
afterEach(() => box.close())

const deps = () => ({ work: box.work, group })
const choose = (option: number): Selections => ({ kind: 'options', options: [option] })
const rank = (...options: number[]): Selections => ({ kind: 'ranking', ranks: options.map((each) => [each]) })

async function counted(visibility: 'open' | 'named' | 'secret') {
  box = await openedElection({ visibility, voters: 4 })
  const ballots = [
    sealVote(box, '1001', [choose(1), rank(0, 1)]),
    sealVote(box, '1001', [choose(0), rank(2, 1)]),
    sealVote(box, '1002', [choose(0), rank(2)]),
    sealVote(box, '1003', [choose(1), rank(2, 1)]),
  ]
  const cast = await ingestAll(box.work, ballots)
  await closeElection(deps(), box.slug)
  await runTally(deps(), { slug: box.slug, seed: undefined })
  return { ballots, codes: cast.map((each) => ('trackingCode' in each ? each.trackingCode : '')) }
}

async function archive(): Promise<string> {
  const chunks: Uint8Array[] = []
  await box.work.read(async (tx) =>
    writeArchive(tx, await findElection(tx, box.slug), (bytes) => void chunks.push(bytes)),
  )
  return Buffer.concat(chunks).toString()
}

/** All text and numbers of every table. */
async function everything(): Promise<string> {
  return box.work.read(async ({ db }) => {
    const tables = await sql<{ name: string }>`select name from sqlite_schema where type = 'table'`.execute(
      db,
    )
    const rows = []
    for (const { name } of tables.rows)
      rows.push((await sql`select * from ${sql.table(name)}`.execute(db)).rows)
    return JSON.stringify(rows)
  })
}

test('nothing in the file ties a voter to a ballot once an open election is anonymous, and the count is the same', async () => {
  const { ballots, codes } = await counted('open')
  const before = await readResultDocument(deps(), box.slug)
  expect(await anonymiseElection(deps(), box.slug)).toEqual({
    election: 'chapter',
    changed: true,
    ballots: 4,
  })

  const file = await everything()
  for (const ballot of ballots) {
    const { signature } = JSON.parse(ballot) as { signature: { hash: string; proof: { response: string } } }
    expect(file).not.toContain(signature.hash)
    expect(file).not.toContain(signature.proof.response)
  }
  const rows = await box.work.read(({ db }) => db.selectFrom('ballot').selectAll().orderBy('id').execute())
  expect(rows.map(({ voter_id, token_id, board_position }) => [voter_id, token_id, board_position])).toEqual(
    rows.map(() => [null, null, null]),
  )
  expect(rows.filter(({ effective }) => effective === 1)).toHaveLength(3)
  const credentials = await box.work.read(({ db }) =>
    db.selectFrom('token_credential').selectAll().where('uuid', '=', box.form.uuid).execute(),
  )
  expect(credentials).toEqual([])
  // Not in the journal either: nothing is left of it.
  expect(readFileSync(`${box.path}-wal`)).toHaveLength(0)

  const after = await readResultDocument(deps(), box.slug)
  expect(after.contests).toEqual(before.contests)
  expect(after.ballots).toEqual({ counted: 3, replaced: 1 })
  expect(after.turnout).toEqual(before.turnout)
  expect(after.secrecy.kind).toBe('anonymised')
  const board = await box.work.read((tx) => boardOfElection(tx, box.slug))
  expect(codes.map((code) => findOnBoard(board, code).counts)).toEqual([false, true, true, true])
})

test('an archive that is anonymous is counted again, and says that signatures can not be checked any more', async () => {
  await counted('open')
  await anonymiseElection(deps(), box.slug)
  await asCertifier(box, (by) => certifyElection(deps(), box.slug, by))
  const source = { name: 'an archive', open: () => [Buffer.from(text)] }
  let text = await archive()
  const verified = await verifySource(group, source, { seed: undefined })
  expect(verified.report).toMatchObject({ outcome: 'verified', ballots: 4, recasts: 1 })
  expect(verified.report.checks.find(({ id }) => id === 'ballots')?.outcome).toBe('not-reached')
  expect(verified.contests).toHaveLength(2)
  const honest = text
  for (const spoilt of [
    honest.replace('"units": "2"', '"units": "3"'),
    honest.replace(/"ballots": 2\b/, '"ballots": 3'),
  ]) {
    text = spoilt
    expect((await verifySource(group, source, { seed: undefined })).report.outcome).toBe('failed')
  }
})

test('to do it again changes nothing, and both are told by the log once', async () => {
  await counted('open')
  await anonymiseElection(deps(), box.slug)
  expect(await anonymiseElection(deps(), box.slug)).toMatchObject({ changed: false })
  const log = await box.work.read(readLog)
  expect(log.filter(({ action }) => action === 'election-anonymised')).toHaveLength(1)
})

test.each(['named', 'secret'] as const)('a %s election is not made anonymous', async (visibility) => {
  await counted(visibility)
  await expect(anonymiseElection(deps(), box.slug)).rejects.toMatchObject({ code: 'wrong-state' })
})

test('before the count an open election is not made anonymous', async () => {
  box = await openedElection({ visibility: 'open' })
  await expect(anonymiseElection(deps(), box.slug)).rejects.toMatchObject({ code: 'wrong-state' })
})

test('the database itself keeps ballots where nobody made the election anonymous, and what was voted for good', async () => {
  await counted('open')
  const attempts = () => [
    box.work.write('test', (tx) => tx.db.deleteFrom('ballot').execute()),
    box.work.write('test', (tx) => tx.db.deleteFrom('board_record').execute()),
  ]
  for (const attempt of attempts()) await expect(attempt).rejects.toThrow()
  await anonymiseElection(deps(), box.slug)
  for (const attempt of attempts()) await expect(attempt).rejects.toThrow()
  await expect(box.work.write('test', (tx) => tx.db.deleteFrom('anonymous_box').execute())).rejects.toThrow()
})
