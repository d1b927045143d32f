import type SQLite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** Statements that are kept; urna has about two hundred. */
const capacity = 256
/** Characters of the longest that is kept: those with a list of rows differ from time to time. */
const longest = 4096

/**
 * A database that compiles each statement once and keeps it while it is among the latest used: compiling takes longer
 * than running most of them.
 */
export function withStatementCache(database: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>()
  return {
    prepare: (text) => {
      const known = kept.get(text)
      // One that is still giving out its rows can't begin again.
      if (known?.busy) return database.prepare(text)
      const statement = known ?? database.prepare(text)
      if (text.length > longest) return statement
      kept.delete(text)
      kept.set(text, statement)
      if (kept.size > capacity) kept.delete(kept.keys().next().value!)
      return statement
    },
    close: () => {
      kept.clear()
      database.close()
    },
  }
}
