import {
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import type SQLite from 'better-sqlite3'
import { Kysely, type Migration } from 'kysely'
import type { Refusal } from '../errors.ts'
import { compact, copiesBeside, removeCopies } from './compact.ts'
import { busyTimeout, ImmediateSqliteDialect } from './dialect.ts'
import { migrate, migrations } from './migrate.ts'
import {
  DamagedFile,
  DiskFull,
  FileExists,
  FileLocked,
  FileNotFound,
  FileUnreadable,
  NewerSchema,
  NotAnUrnaFile,
  PassphraseUnacceptable,
  WrongPassphrase,
} from './refusals.ts'
import type { Database } from './schema.ts'

/** "urna" in ASCII: tells our files from other people's encrypted databases. */
const applicationId = 0x75726e61
const pageSize = 4096

/** An open, keyed, migrated `.urna` file. */
export interface UrnaFile {
  readonly path: string
  readonly db: Kysely<Database>
  changePassphrase(passphrase: string): void
  /** A whole copy under another name, encrypted with the same passphrase, as the file is at one moment. */
  copyTo(path: string): void
  /** Opens a copy with the passphrase of this file. */
  openCopy(path: string): Promise<UrnaFile>
  /** Reads every page. @throws DamagedFile */
  checkPages(): void
  /** Leaves the journal empty and lets no other process in until it is closed. @throws FileLocked */
  takeAlone(): void
  /** Writes every page anew, and removes the copies that urna left beside the file. */
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
  removeWhole(temporary)
  try {
    const file = await create(options, temporary)
    try {
      await fill(file)
    } finally {
      await file.close()
    }
    takeName(temporary, path)
  } catch (error) {
    throw refusalOf(error, path) ?? error
  } finally {
    removeWhole(temporary)
  }
}

/** Unlike a renaming, a link takes nobody else's place; the file system of a memory stick has none. */
function takeName(temporary: string, path: string): void {
  try {
    linkSync(temporary, path)
  } catch (error) {
    if (existsSync(path)) throw new FileExists(path)
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
    renameSync(temporary, path)
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
    removeWhole(place)
    throw error
  }
}

/** A file with its journals. */
function removeWhole(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
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

/** Under a temporary name until it is whole: half a copy would pass for the backup that it is not. */
function copyWhole(database: SQLite.Database, copy: string): void {
  const temporary = `${copy}.part`
  rmSync(temporary, { force: true })
  // SQLite writes into an empty file, and leaves it readable by its owner alone.
  writeFileSync(temporary, '', { mode: 0o600 })
  database.exec(`vacuum into '${temporary.replaceAll("'", "''")}'`)
  renameSync(temporary, copy)
}

/** Makes the empty file, for this user alone, only if nobody else has it: two at once can't both win. */
function claim(place: string, path: string): void {
  try {
    closeSync(openSync(place, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new FileExists(path)
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new FileUnreadable(path, 'its folder does not exist')
    throw refusalOf(error, path) ?? error
  }
}

/** Applies the keys in the order that makes any SQLCipher 4 tool able to open the file. */
function applyKey(database: SQLite.Database, passphrase: string): void {
  database.pragma("cipher = 'sqlcipher'")
  database.pragma('legacy = 4')
  database.key(Buffer.from(passphrase.normalize('NFC'), 'utf8'))
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
  try {
    if (pragmaNumber(database, 'user_version') < Object.keys(known).length) {
      // Inside a transaction SQLite ignores this pragma.
      database.pragma('foreign_keys = OFF')
      await migrate(db as Kysely<unknown>, known)
      database.pragma('foreign_keys = ON')
    }
  } catch (error) {
    await db.destroy()
    throw refusalOf(error, options.path) ?? error
  }
  return {
    path: options.path,
    db,
    copyTo: (path) => {
      try {
        copyWhole(database, path)
      } catch (error) {
        throw refusalOf(error, path) ?? error
      }
    },
    openCopy: (path) => openUrnaFile({ ...options, path }),
    checkPages: () => checkPages(database, options.path),
    takeAlone: () => {
      try {
        takeAlone(database)
      } catch (error) {
        throw refusalOf(error, options.path) ?? error
      }
    },
    compact: () => {
      try {
        compact(database, options.path)
      } catch (error) {
        throw refusalOf(error, options.path) ?? error
      }
      removeCopies(copiesBeside(options.path))
    },
    changePassphrase: (passphrase) => changePassphrase(database, options.path, passphrase),
    close: () => db.destroy(),
  }
}

/**
 * Rewrites every page under the new key; needs the file for itself. The journal of that can't be rolled back after
 * a crash, for the salt of the key is among the first pages to change: until it is done, a copy is beside the file.
 */
function changePassphrase(database: SQLite.Database, path: string, passphrase: string): void {
  checkNewPassphrase(passphrase)
  try {
    // Another connection in WAL mode would keep the old key's pages.
    takeAlone(database)
    copyWhole(database, copyBeforePassphrase(path))
    database.rekey(Buffer.from(passphrase.normalize('NFC'), 'utf8'))
    rmSync(copyBeforePassphrase(path))
    database.pragma('locking_mode = NORMAL')
    database.pragma('journal_mode = WAL')
  } catch (error) {
    throw refusalOf(error, path) ?? error
  }
}

/** Leaving WAL needs the file alone. */
function takeAlone(database: SQLite.Database): void {
  database.pragma('locking_mode = EXCLUSIVE')
  database.pragma('journal_mode = DELETE')
  database.exec('begin exclusive; commit')
}

function checkPages(database: SQLite.Database, path: string): void {
  try {
    const [first] = database.pragma('integrity_check(1)') as { integrity_check: string }[]
    if (first?.integrity_check !== 'ok') throw new DamagedFile(path, first?.integrity_check ?? 'unreadable')
  } catch (error) {
    throw refusalOf(error, path) ?? error
  }
}

function copyBeforePassphrase(path: string): string {
  return `${path}.before-passphrase`
}

function checkNewPassphrase(passphrase: string): void {
  if (passphrase.length < 8) throw new PassphraseUnacceptable('it is shorter than 8 characters')
  if (passphrase.trim() !== passphrase) {
    throw new PassphraseUnacceptable('it begins or ends with a space, which is easily lost in copying')
  }
  if (/\p{Cc}/u.test(passphrase)) throw new PassphraseUnacceptable('it has a control character in it')
}

/** Says what can be said of a file before any key is tried. */
function refuseForeignFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new FileNotFound(path)
  if (!stat.isFile()) throw new NotAnUrnaFile(path, 'it is not a file')
  if (stat.size === 0) throw new NotAnUrnaFile(path, 'it is empty')
  let head: Buffer
  try {
    const descriptor = openSync(path, 'r')
    head = Buffer.alloc(16)
    readSync(descriptor, head)
    closeSync(descriptor)
  } catch (error) {
    throw refusalOf(error, path) ?? error
  }
  if (head.toString('latin1') === 'SQLite format 3\0') {
    throw new NotAnUrnaFile(path, 'it is a database that is not encrypted')
  }
  if (stat.size % pageSize !== 0) {
    throw new NotAnUrnaFile(path, `its size is not a multiple of ${pageSize} bytes, or it was cut short`)
  }
}

function pragmaNumber(database: SQLite.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }))
}

/** The sentence for what SQLite or the operating system says of the file, if there is one. */
export function refusalOf(error: unknown, path: string): Refusal | undefined {
  switch ((error as { code?: unknown }).code) {
    case 'ENOSPC':
      return new DiskFull(path)
    case 'EROFS':
      return new FileUnreadable(path, 'it, or its folder, is read-only')
    case 'EACCES':
    case 'EPERM':
      return new FileUnreadable(path, 'the system does not allow it')
    case 'EIO':
      return new FileUnreadable(path, 'the disk reports an error')
    default:
      return databaseRefusalOf(error, path)
  }
}

/** The sentence for what SQLite says; what the system says may be of another file, such as a CSV. */
export function databaseRefusalOf(error: unknown, path: string): Refusal | undefined {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return undefined
  if (code === 'SQLITE_NOTADB') {
    const copy = copyBeforePassphrase(path)
    return new WrongPassphrase(path, existsSync(copy) ? copy : undefined)
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new FileLocked(path)
  // The second is of the index of the journal, which SQLite makes when it opens a file.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return new DiskFull(path)
  if (code.startsWith('SQLITE_CORRUPT')) return new DamagedFile(path, 'a page does not match its checksum')
  if (code.startsWith('SQLITE_READONLY')) return new FileUnreadable(path, 'it, or its folder, is read-only')
  if (code.startsWith('SQLITE_CANTOPEN')) return new FileUnreadable(path, 'the system does not allow it')
  if (code.startsWith('SQLITE_IOERR')) return new FileUnreadable(path, 'the disk reports an error')
  return undefined
}
