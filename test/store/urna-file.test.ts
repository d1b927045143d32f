import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Refusal } from '../../src/errors.ts'
import { migrations } from '../../src/store/migrate.ts'
import { createUrnaFile, openUrnaFile } from '../../src/store/urna-file.ts'
import { temporaryUrna } from '../support/urna.ts'

const run = promisify(execFile)
const passphrase = 'correct horse battery staple'
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  path = join(folder, 'chapter.urna')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function made(): Promise<void> {
  await (await createUrnaFile({ path, passphrase })).close()
}

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work
  } catch (error) {
    return error as Refusal
  }
  throw new Error('it was not refused')
}

describe('opening', () => {
  test('a wrong passphrase is told apart and does not harm the file', async () => {
    await made()
    const before = readFileSync(path)
    const refusal = await refusalOf(openUrnaFile({ path, passphrase: 'correct horse battery stapler' }))
    expect(refusal.code).toBe('wrong-passphrase')
    expect(JSON.stringify(refusal) + refusal.message).not.toContain('stapler')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  // SQLCipher would take the first as a raw key, and what its library calls raw the others: 32 bytes of any text.
  test.each([
    `x'${'00112233445566778899aabbccddeeff'.repeat(2)}'`,
    `X'${'00112233445566778899aabbccddeeff'.repeat(3)}'`,
    `raw:${'00112233445566778899aabbccddeeff'.repeat(2)}`,
    'raw:the cat of my aunt is black, or so',
  ])(
    'a passphrase that would be used as a key as it is, without being made hard to guess, is refused: %s',
    async (raw) => {
      const refusal = await refusalOf(createUrnaFile({ path, passphrase: raw }))
      expect(refusal.code).toBe('passphrase-unacceptable')
      expect(refusal.message).toContain('hard to guess')
    },
  )

  test('a passphrase typed in another Unicode form is the same passphrase', async () => {
    await (await createUrnaFile({ path, passphrase: 'contrasen\u0303a larga' })).close()
    await (await openUrnaFile({ path, passphrase: 'contrase\u00f1a larga' })).close()
  })

  test.each([
    ['an empty file', () => writeFileSync(path, ''), 'not-an-urna-file'],
    ['a text', () => writeFileSync(path, 'number;name\n1;Ada\n'), 'not-an-urna-file'],
    ['a plain database', () => new SQLite(path).exec('create table t (a int) strict'), 'not-an-urna-file'],
    ['nothing', () => {}, 'file-not-found'],
  ])('%s is not taken for an election file', async (_, write, code) => {
    write()
    expect((await refusalOf(openUrnaFile({ path, passphrase }))).code).toBe(code)
  })

  test('an encrypted database of another program is refused though the key fits', async () => {
    const other = new SQLite(path)
    other.pragma("cipher = 'sqlcipher'")
    other.pragma('legacy = 4')
    other.key(Buffer.from(passphrase))
    other.exec('create table t (a int) strict')
    other.close()
    const refusal = await refusalOf(openUrnaFile({ path, passphrase }))
    expect(refusal.code).toBe('not-an-urna-file')
    expect(refusal.message).toContain('another program')
  })

  test('a file cut short is not opened', async () => {
    await made()
    truncateSync(path, 10_000)
    expect((await refusalOf(openUrnaFile({ path, passphrase }))).code).toBe('not-an-urna-file')
  })

  test('a page with a flipped bit is found by its checksum', async () => {
    await made()
    const file = await openUrnaFile({ path, passphrase })
    // Of a page that is in use: which others are, depends on every migration.
    const { rows } = await sql<{ rootpage: number }>`
      select rootpage from sqlite_schema where name = 'audit_entry'`.execute(file.db)
    await file.close()
    const bytes = readFileSync(path)
    const place = 4096 * (rows[0]!.rootpage - 1) + 100
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const refusal = await refusalOf(
      openUrnaFile({ path, passphrase }).then(async (file) => {
        await sql`pragma integrity_check`.execute(file.db)
        for (const table of ['member', 'election', 'contest', 'organisation', 'audit_entry'] as const) {
          await file.db.selectFrom(table).selectAll().execute()
        }
      }),
    )
    expect(String((refusal as { code: string }).code)).toMatch(
      /CORRUPT|NOTADB|IOERR|damaged|wrong-passphrase/,
    )
  })

  test('a file of a newer urna says so and is left alone', async () => {
    const later = { ...migrations, '9999-later': { up: async () => {} } }
    await (await createUrnaFile({ path, passphrase, migrations: later })).close()
    const refusal = await refusalOf(openUrnaFile({ path, passphrase }))
    expect(refusal.code).toBe('newer-schema')
    const urna = Object.keys(migrations).length
    expect(refusal.details).toMatchObject({ file: urna + 1, urna })
  })

  test('an older file is copied, then upgraded in one go', async () => {
    await made()
    const later = {
      ...migrations,
      '9999-later': {
        up: async (db: Parameters<(typeof migrations)['0001-first']['up']>[0]) => {
          await sql`create table later (a int) strict`.execute(db)
        },
      },
    }
    const copy = `${path}.before-version-${Object.keys(later).length}`
    // What a copy leaves that was cut short by a crash is no copy.
    writeFileSync(`${copy}.part`, 'half a copy')
    const file = await openUrnaFile({ path, passphrase, migrations: later })
    await sql`insert into later values (1)`.execute(file.db)
    await file.close()
    expect(readdirSync(folder).sort()).toEqual(['chapter.urna', basename(copy)])
    // Readable by its owner alone, as the file is.
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    // The copy is still an urna file of the older version, under the same passphrase.
    await (await openUrnaFile({ path: copy, passphrase })).close()
  })

  test('an upgrade that fails leaves the older file as it was', async () => {
    await made()
    const broken = {
      ...migrations,
      '9999-broken': {
        up: async (db: Parameters<(typeof migrations)['0001-first']['up']>[0]) => {
          await sql`create table half (a int) strict`.execute(db)
          throw new Error('power cut')
        },
      },
    }
    await expect(openUrnaFile({ path, passphrase, migrations: broken })).rejects.toThrow('power cut')
    const file = await openUrnaFile({ path, passphrase })
    const tables = await sql<{ name: string }>`select name from sqlite_schema where name = 'half'`.execute(
      file.db,
    )
    expect(tables.rows).toEqual([])
    await file.close()
  })
})

describe('writing', () => {
  test('what the system refuses of another file is not said of the election file', async () => {
    const urna = await temporaryUrna()
    const denied = Object.assign(new Error('EACCES: permission denied, open rejects.csv'), { code: 'EACCES' })
    const work = urna.work.write('import', async () => {
      throw denied
    })
    expect(await refusalOf(work)).toBe(denied)
    await urna.close()
  })

  test('a disk that is full in the middle of a change is told as such, and nothing was changed', async () => {
    const urna = await temporaryUrna()
    const work = urna.work.write('import members', async ({ db, now }) => {
      await sql`pragma max_page_count = 60`.execute(db)
      for (let number = 1; number < 200; number++) {
        const name = 'x'.repeat(4000)
        const row = { organisation_id: 1, number: String(number), name, weight_micros: 1, custom: '{}' }
        await db
          .insertInto('member')
          .values({ ...row, created_at: now, updated_at: now })
          .execute()
      }
    })
    expect((await refusalOf(work)).code).toBe('disk-full')
    const members = await urna.work.read(({ db }) => db.selectFrom('member').select('id').execute())
    expect(members).toEqual([])
    await urna.close()
  })

  test('a transaction of another process is waited for, not failed on', async () => {
    await made()
    const child = run(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import SQLite from 'better-sqlite3'
       const db = new SQLite(${JSON.stringify(path)})
       db.pragma("cipher = 'sqlcipher'"); db.pragma('legacy = 4'); db.key(Buffer.from(${JSON.stringify(passphrase)}))
       db.exec('begin immediate')
       console.log('locked')
       setTimeout(() => { db.exec('commit'); db.close() }, 400)`,
      ],
      { cwd: join(import.meta.dirname, '../..') },
    )
    await new Promise((resolve) => child.child.stdout?.once('data', resolve))
    const file = await openUrnaFile({ path, passphrase })
    await file.db.transaction().execute((db) =>
      db
        .insertInto('organisation')
        .values({ slug: 'x', name: 'x', hash_key: Buffer.alloc(32), created_at: '' })
        .execute(),
    )
    await file.close()
    await child
  })

  test.each(['short', ' leading space', 'line\nbreak in it'])('the passphrase %j is refused', async (bad) => {
    expect((await refusalOf(createUrnaFile({ path, passphrase: bad }))).code).toBe('passphrase-unacceptable')
    expect(existsSync(path)).toBe(false)
  })
})

test('a file that nobody asked anything is let go of when it is closed', async () => {
  await made()
  const file = await openUrnaFile({ path, passphrase })
  file.checkPages()
  expect(existsSync(`${path}-wal`)).toBe(true)
  await file.close()
  // SQLite removes the journal when the last one closes.
  expect(existsSync(`${path}-wal`)).toBe(false)
})
