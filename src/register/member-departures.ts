import { sql } from 'kysely'
import type { WriteTransaction } from '../store/unit-of-work.ts'

/** A member, as far as a list names one. */
export interface NamedMember {
  readonly number: string
  readonly name: string
}

/** Whoever an import named is a member again. */
export async function welcomeBack(tx: WriteTransaction, organisationId: number): Promise<void> {
  await sql`
    update member set left_at = null
    where organisation_id = ${organisationId} and left_at is not null
      and number in (select number from temp.imported_number)`.execute(tx.db)
}

/** Marks those whom an import did not name as having left. @returns who they are, by number */
export async function sendOff(tx: WriteTransaction, organisationId: number): Promise<NamedMember[]> {
  const { rows } = await sql<NamedMember>`
    update member set left_at = ${tx.now}
    where organisation_id = ${organisationId} and left_at is null
      and number not in (select number from temp.imported_number)
    returning number, name`.execute(tx.db)
  return rows.sort((a, b) => (a.number < b.number ? -1 : 1))
}

/** After it the register is no longer what the service listed last: it is to be asked for all of it. */
export async function forgetSnapshot(tx: WriteTransaction, organisation: string): Promise<void> {
  await tx.db
    .updateTable('member_service')
    .set({ snapshot: null })
    .where('organisation_id', '=', ({ selectFrom }) =>
      selectFrom('organisation').select('id').where('slug', '=', organisation),
    )
    .execute()
}
