import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { migrations } from '../../src/store/migrate.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { createUrnaFile, openUrnaFile, type UrnaFile } from '../../src/store/urna-file.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { verify } from '../../src/verify/node.ts'
import { formOf, group, ingestAll, sealVote } from '../voting/fixtures.ts'

/**
 * A file that the last urna of schema 1 wrote: five members, one with a national id, an open election with a
 * reserve token, two voters who voted and one of them twice.
 */
const old = join(import.meta.dirname, '../golden/store/schema-1.urna')
const passphrase = 'correct horse battery staple'
const firstAlone = { '0001-first': migrations['0001-first']! }
/** Of voter 1004, who has not voted. */
const token = 'wnpDk-uAxrxc-gu6oD-ufwVfG'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  path = join(folder, 'chapter.urna')
  copyFileSync(old, path)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Every row of every table, without what schema 1 did not have. */
async function rowsOf(file: UrnaFile): Promise<Record<string, unknown[]>> {
  const tables = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'kysely%'`.execute(file.db)
  const rows: Record<string, unknown[]> = {}
  for (const { name } of tables.rows) {
    const { rows: all } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(
      file.db,
    )
    if (all.length > 0) rows[name] = all
  }
  return rows
}

test('a file of the first schema is upgraded in place, and nothing of it is lost', async () => {
  const original = await openUrnaFile({ path, passphrase, migrations: firstAlone })
  const before = await rowsOf(original)
  await original.close()
  expect(Object.keys(before)).toEqual(expect.arrayContaining(['member', 'voter', 'token', 'ballot', 'mark']))

  const upgraded = await openUrnaFile({ path, passphrase })
  const after = await rowsOf(upgraded)
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort())
  for (const [table, rows] of Object.entries(before)) {
    expect(after[table], table).toEqual(rows.map((row) => expect.objectContaining(row)))
  }
  expect(after.organisation).toMatchObject([{ id: 1, slug: 'rail-workers-northern-chapter' }])
  await upgraded.close()
})

test('before the upgrade the file is copied, and the copy is the file as it was', async () => {
  await (await openUrnaFile({ path, passphrase })).close()
  const copy = `${path}.before-version-${Object.keys(migrations).length}`
  expect(existsSync(copy)).toBe(true)
  const original = await openUrnaFile({ path: copy, passphrase, migrations: firstAlone })
  const { rows } = await sql<{ name: string }>`pragma table_info(organisation)`.execute(original.db)
  expect(rows.map(({ name }) => name)).toEqual(['id', 'name', 'hash_key', 'created_at'])
  await original.close()
})

test('an election that was open during the upgrade goes on, is counted and verifies', async () => {
  const file = await openUrnaFile({ path, passphrase })
  const work = new UnitOfWork({ file, clock: systemClock, officer: 'ada' })
  const { sealed_json } = await work.read((tx) => findElection(tx, 'chapter'))
  const form = formOf(sealed_json ?? '')
  const vote = sealVote({ form, tokens: new Map([['1004', token]]) }, '1004', [{ kind: 'blank' }])
  expect(await ingestAll(work, [vote])).toMatchObject([{ outcome: 'accepted' }])
  await closeElection({ work, group }, 'chapter')
  await runTally({ work, group }, { slug: 'chapter', seed: undefined })
  expect(await work.read(({ db }) => db.selectFrom('mark').select('voter_id').execute())).toHaveLength(3)
  const chunks: Uint8Array[] = []
  await work.read(async (tx) =>
    writeArchive(tx, await findElection(tx, 'chapter'), (bytes) => {
      chunks.push(bytes)
    }),
  )
  const archive = join(folder, 'archive.bel')
  writeFileSync(archive, Buffer.concat(chunks))
  const { outcome, complete } = await verify(archive)
  expect({ outcome, complete }).toEqual({ outcome: 'verified', complete: true })
  await file.close()
})

test('foreign keys hold again after an upgrade, and an election belongs to an organisation that exists', async () => {
  const file = await openUrnaFile({ path, passphrase })
  const election = sql`insert into election (slug, uuid, title, zone, created_at)
    values ('stray', '12345678901234', 'Stray', 'UTC', '2026-01-01')`
  await expect(election.execute(file.db)).rejects.toThrow('FOREIGN KEY')
  const moved = sql`update election set organisation_id = 2`
  await expect(moved.execute(file.db)).rejects.toThrow('stays with its organisation')
  await file.close()
})

test('an upgrade that would leave a row without the row it refers to is undone', async () => {
  const losing = {
    ...migrations,
    '9999-losing': {
      up: async (db: Parameters<(typeof migrations)['0001-first']['up']>[0]) => {
        await sql`delete from organisation`.execute(db)
      },
    },
  }
  await expect(openUrnaFile({ path, passphrase, migrations: losing })).rejects.toThrow('is not there')
  const file = await openUrnaFile({ path, passphrase, migrations: firstAlone })
  expect((await rowsOf(file)).member).toHaveLength(5)
  await file.close()
})

test('a new file has foreign keys on', async () => {
  const fresh = await createUrnaFile({ path: join(folder, 'new.urna'), passphrase })
  const { rows } = await sql`pragma foreign_keys`.execute(fresh.db)
  expect(rows).toEqual([{ foreign_keys: 1 }])
  await fresh.close()
})
