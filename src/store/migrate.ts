import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import { first } from './migrations/0001-first.ts'
import { ballotStyles } from './migrations/0002-ballot-styles.ts'
import { organisations } from './migrations/0003-organisations.ts'
import { officers } from './migrations/0004-officers.ts'
import { codes } from './migrations/0005-codes.ts'
import { publication } from './migrations/0006-publication.ts'
import { leanerCasting } from './migrations/0007-leaner-casting.ts'
import { polls } from './migrations/0008-polls.ts'
import { ceremonies } from './migrations/0009-ceremonies.ts'
import { keeping } from './migrations/0010-keeping.ts'
import { certification } from './migrations/0011-certification.ts'
import { registeredTokens } from './migrations/0012-registered-tokens.ts'
import { retention } from './migrations/0013-retention.ts'
import { trusteeInvitations } from './migrations/0014-trustee-invitations.ts'
import { mailings } from './migrations/0015-mailings.ts'
import { proxies } from './migrations/0016-proxies.ts'
import { pollNumbers } from './migrations/0017-poll-numbers.ts'
import { nominations } from './migrations/0018-nominations.ts'
import { paper } from './migrations/0019-paper.ts'
import { memberServices } from './migrations/0020-member-services.ts'
import { notifications } from './migrations/0021-notifications.ts'
import { units } from './migrations/0022-units.ts'

const statements = (list: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of list) await sql.raw(statement).execute(db)
  },
})

/** Every migration, oldest first. The list only ever grows at its end. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': statements(first),
  '0002-ballot-styles': statements(ballotStyles),
  '0003-organisations': organisations,
  '0004-officers': statements(officers),
  '0005-codes': statements(codes),
  '0006-publication': statements(publication),
  '0007-leaner-casting': statements(leanerCasting),
  '0008-polls': statements(polls),
  '0009-ceremonies': statements(ceremonies),
  '0010-keeping': statements(keeping),
  '0011-certification': statements(certification),
  '0012-registered-tokens': statements(registeredTokens),
  '0013-retention': statements(retention),
  '0014-trustee-invitations': statements(trusteeInvitations),
  '0015-mailings': statements(mailings),
  '0016-proxies': statements(proxies),
  '0017-poll-numbers': statements(pollNumbers),
  '0018-nominations': statements(nominations),
  '0019-paper': statements(paper),
  '0020-member-services': statements(memberServices),
  '0021-notifications': statements(notifications),
  '0022-units': statements(units),
}

/**
 * Brings a file up to `known`, in one transaction; forward only. The connection has foreign keys off, as SQLite
 * wants it where tables are made anew; they are checked before the transaction ends.
 */
export async function migrate(
  db: Kysely<unknown>,
  known: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const provider = { getMigrations: async () => checkedAtTheEnd(known) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
  await sql.raw(`pragma user_version = ${Object.keys(known).length}`).execute(db)
}

function checkedAtTheEnd(known: Readonly<Record<string, Migration>>): Record<string, Migration> {
  const last = Object.keys(known).at(-1)!
  const { up } = known[last]!
  return {
    ...known,
    [last]: {
      async up(db) {
        await up(db)
        const { rows } = await sql<{ table: string; parent: string }>`pragma foreign_key_check`.execute(db)
        const [row] = rows
        if (row !== undefined) throw new DanglingReference(row)
      },
    },
  }
}

/** A bug in a migration, or a file that was written to without foreign keys. */
class DanglingReference extends Error {
  constructor({ table, parent }: { table: string; parent: string }) {
    super(`after the upgrade a row of ${table} would refer to a row of ${parent} that is not there`)
  }
}
