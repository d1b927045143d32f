import { setTimeout as sleep } from 'node:timers/promises'
import type SQLite from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely'
import { withStatementCache } from './statement-cache.ts'

/** How long a command waits for another one's transaction, in milliseconds. */
export const busyTimeout = 30_000
/** Milliseconds between two tries to begin a transaction. */
const pause = 10

/**
 * Begins writes at once. SQLite's own `begin` is deferred: two processes that both read and then write
 * would fail immediately, whatever the busy timeout.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: SQLite.Database

  constructor(database: SQLite.Database) {
    super({ database: withStatementCache(database) })
    this.#database = database
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    if (settings?.accessMode === 'read only') return super.beginTransaction(connection)
    const lastTry = performance.now() + busyTimeout
    while (!(await this.#begins(connection, { last: performance.now() >= lastTry }))) await sleep(pause)
  }

  /** SQLite would wait for another process in its sleep, and this whole process with it: a server must not. */
  async #begins(connection: DatabaseConnection, { last }: { last: boolean }): Promise<boolean> {
    const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement))
    await run('pragma busy_timeout = 0')
    try {
      await run('begin immediate')
      return true
    } catch (error) {
      if (last || !String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error
      return false
    } finally {
      await run(`pragma busy_timeout = ${busyTimeout}`)
    }
  }

  /** When the disk is full SQLite has rolled back by itself, and a second time would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

/** SQLite rolls back changes of the schema too; Kysely doesn't count on it unless told. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SQLite.Database

  constructor(database: SQLite.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}
