import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import { first } from './migrations/0001-first.ts'
import { ballotStyles } from './migrations/0002-ballot-styles.ts'
import { codes } from './migrations/0005-codes.ts'
import { publication } from './migrations/0006-publication.ts'

const statements = (list: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of list) await sql.raw(statement).execute(db)
  },
})

/** Every migration, oldest first. The list only ever grows at its end. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': statements(first),
  '0002-ballot-styles': statements(ballotStyles),
  '0005-codes': statements(codes),
  '0006-publication': statements(publication),
}

/** Brings a file up to `known`, in one transaction; forward only. */
export async function migrate(
  db: Kysely<unknown>,
  known: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...known }) } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
  await sql.raw(`pragma user_version = ${Object.keys(known).length}`).execute(db)
}
