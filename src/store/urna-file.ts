import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import type SQLite from 'better-sqlite3'
import { Kysely, type Migration, sql } from 'kysely'
import { Refusal } from '../errors.ts'
import { compact, copiesBeside, emptyJournal, removeCopies } from './compact.ts'
import { busyTimeout, ImmediateSqliteDialect } from './dialect.ts'
import { refusalOf, refusing } from './file-refusals.ts'
import { landNew } from './land-file.ts'
import { migrate, migrations } from './migrate.ts'
import { checkNewPassphrase, keyOf } from './passphrase.ts'
import {
  FileExists,
  FileInUse,
  FileLocked,
  FileNotFound,
  FileUnreadable,
  NewerSchema,
  NotAnUrnaFile,
  NotCompacted,
} from './refusals.ts'
import type { Database } from './schema.ts'
import { checkPages, copyWhole, rekey, takeAlone } from './whole-file.ts'

/** "urna" in ASCII: tells our files from other people's encrypted databases. */
const applicationId = 0x75726e61
const pageSize = 4096

/** An open, keyed, migrated `.urna` file. */
export interface UrnaFile {
  readonly path: string
  readonly db: Kysely<Database>
  /** For a copy: a file that is ended in the middle of it opens with no passphrase at all. */
  rekey(passphrase: string): void
  /** A whole copy under another name, encrypted with the same passphrase, as the file is at one moment. */
  copyTo(path: string): void
  /** Opens a copy with the passphrase of this file. */
  openCopy(path: string): Promise<UrnaFile>
  /** Reads every page. @throws DamagedFile */
  checkPages(): void
  /** Leaves the journal empty and lets no other process in until it is closed. @throws FileInUse */
  takeAlone(): void
  /** Leaves nothing in the journal that was deleted from the file. @throws NotCompacted */
  forgetJournal(): void
  /** Writes every page anew, and removes the copies that urna left beside the file. @throws NotCompacted */
  compact(): void
  close(): Promise<void>
}

export interface OpenOptions {
  path: string
  passphrase: string
  /** Replaces the list of migrations, to try upgrades out. */
  migrations?: Readonly<Record<string, Migration>>
}

/**
 * Creates an empty `.urna` file.
 * @throws FileExists, PassphraseUnacceptable, FileUnreadable, DiskFull
 */
export async function createUrnaFile(options: OpenOptions): Promise<UrnaFile> {
  checkNewPassphrase(options.passphrase)
  return create(options, options.path)
}

/**
 * Makes a file with its first content, whole or not at all: it has another name until it is closed.
 * @throws FileExists, PassphraseUnacceptable, FileUnreadable, DiskFull
 */
export async function foundUrnaFile(
  options: OpenOptions,
  fill: (file: UrnaFile) => Promise<void>,
): Promise<void> {
  checkNewPassphrase(options.passphrase)
  const { path } = options
  const temporary = `${path}.${process.pid}.part`
  removeCopies([temporary])
  try {
    const file = await create(options, temporary)
    try {
      await fill(file)
      // To close it would do the same and say nothing of what fails, and its journal does not get the name with it.
      await sql`pragma wal_checkpoint(truncate)`.execute(file.db)
    } finally {
      await file.close()
    }
    landNew(temporary, path)
  } catch (error) {
    throw refusalOf(error, path) ?? error
  } finally {
    removeCopies([temporary])
  }
}

/** @param place where it is made, `options.path` being its name in sentences */
async function create(options: OpenOptions, place: string): Promise<UrnaFile> {
  claim(place, options.path)
  try {
    const database = await connect(options, place)
    database.pragma(`application_id = ${applicationId}`)
    return await finishOpening(database, options)
  } catch (error) {
    removeCopies([place])
    throw error
  }
}

/**
 * Opens a `.urna` file, upgrading an older one after copying it.
 * @throws FileNotFound, NotAnUrnaFile, WrongPassphrase, NewerSchema, FileLocked, DamagedFile, FileUnreadable
 */
export async function openUrnaFile(options: OpenOptions): Promise<UrnaFile> {
  refuseForeignFile(options.path)
  const database = await connect(options)
  const known = options.migrations ?? migrations
  const urna = Object.keys(known).length
  try {
    const id = pragmaNumber(database, 'application_id')
    if (id !== applicationId) {
      throw new NotAnUrnaFile(options.path, 'the passphrase opens it, but another program made it')
    }
    const file = pragmaNumber(database, 'user_version')
    if (file > urna) throw new NewerSchema(options.path, { file, urna })
    if (file < urna) {
      const copy = `${options.path}.before-version-${urna}`
      if (!existsSync(copy)) copyWhole(database, copy)
    }
  } catch (error) {
    database.close()
    throw refusalOf(error, options.path) ?? error
  }
  return finishOpening(database, options)
}

/** Makes the empty file, for this user alone, only if nobody else has it: two at once can't both win. */
function claim(place: string, path: string): void {
  try {
    closeSync(openSync(place, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new FileExists(path)
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new FileUnreadable(path, 'its folder does not exist', 'Make the folder, or name another.')
    throw refusalOf(error, path) ?? error
  }
}

/** Applies the keys in the order that makes any SQLCipher 4 tool able to open the file. */
function applyKey(database: SQLite.Database, passphrase: string): void {
  database.pragma("cipher = 'sqlcipher'")
  database.pragma('legacy = 4')
  database.key(keyOf(passphrase))
}

async function connect({ path, passphrase }: OpenOptions, place = path): Promise<SQLite.Database> {
  const { default: SQLite } = await import('better-sqlite3')
  let database: SQLite.Database | undefined
  try {
    database = new SQLite(place, { timeout: busyTimeout })
    applyKey(database, passphrase)
    // The first read is what finds a wrong key.
    database.prepare('select count(*) from sqlite_schema').get()
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('secure_delete = ON')
    database.pragma('foreign_keys = ON')
    // Sorting and temporary tables must not reach the disk in the clear.
    database.pragma('temp_store = MEMORY')
    return database
  } catch (error) {
    database?.close()
    throw refusalOf(error, path) ?? error
  }
}

async function finishOpening(database: SQLite.Database, options: OpenOptions): Promise<UrnaFile> {
  const known = options.migrations ?? migrations
  const db = new Kysely<Database>({ dialect: new ImmediateSqliteDialect(database) })
  const close = async () => {
    await db.destroy()
    // Kysely closes nothing where no query went through it.
    database.close()
  }
  try {
    if (pragmaNumber(database, 'user_version') < Object.keys(known).length) {
      // Inside a transaction SQLite ignores this pragma.
      database.pragma('foreign_keys = OFF')
      await migrate(db as Kysely<unknown>, known)
      database.pragma('foreign_keys = ON')
    }
  } catch (error) {
    await close()
    throw refusalOf(error, options.path) ?? error
  }
  const { path } = options
  return {
    path,
    db,
    copyTo: (copy) => refusing(copy, () => copyWhole(database, copy)),
    openCopy: (copy) => openUrnaFile({ ...options, path: copy }),
    checkPages: () => refusing(path, () => checkPages(database, path)),
    takeAlone: () => {
      try {
        refusing(path, () => takeAlone(database))
      } catch (error) {
        throw error instanceof FileLocked ? new FileInUse(path) : error
      }
    },
    forgetJournal: () => forgetting(path, () => emptyJournal(database, path)),
    compact: () => {
      forgetting(path, () => compact(database, path))
      removeCopies(copiesBeside(path))
    },
    rekey: (passphrase) => refusing(path, () => rekey(database, passphrase)),
    close,
  }
}

/** Says what can be said of a file before any key is tried. */
function refuseForeignFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new FileNotFound(path)
  if (!stat.isFile()) throw new NotAnUrnaFile(path, 'it is not a file')
  if (stat.size === 0) throw new NotAnUrnaFile(path, 'it is empty')
  const head = refusing(path, () => firstBytes(path))
  if (head.toString('latin1') === 'SQLite format 3\0') {
    throw new NotAnUrnaFile(path, 'it is a database that is not encrypted')
  }
  if (stat.size % pageSize !== 0) {
    throw new NotAnUrnaFile(path, `its size is not a multiple of ${pageSize} bytes, or it was cut short`)
  }
}

/** For what comes after a deletion that was committed. */
function forgetting(path: string, overwrite: () => void): void {
  try {
    overwrite()
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refusalOf(error, path)
    throw refusal === undefined ? error : new NotCompacted(path, refusal)
  }
}

function firstBytes(path: string): Buffer {
  const descriptor = openSync(path, 'r')
  try {
    const head = Buffer.alloc(16)
    readSync(descriptor, head)
    return head
  } finally {
    closeSync(descriptor)
  }
}

function pragmaNumber(database: SQLite.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }))
}
