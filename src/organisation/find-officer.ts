import type { Selectable } from 'kysely'
import { folded } from '../election/spelling.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import { OfficerAmbiguous, OfficerNotFound } from './refusals.ts'

export type Officer = Selectable<Database['officer']>

/**
 * The officer of that e-mail address or name, who was not removed.
 * @throws OfficerNotFound, OfficerAmbiguous
 */
export async function findOfficer(
  tx: ReadTransaction,
  organisationId: number,
  who: string,
): Promise<Officer> {
  const officers = await officersCalled(tx, organisationId, who)
  const [officer, ...others] = officers.filter(({ removed_at }) => removed_at === null)
  if (officer === undefined) throw new OfficerNotFound(who)
  if (others.length > 0) throw new OfficerAmbiguous(who, [officer, ...others])
  return officer
}

/** Of that address, or else of that name; the removed among them, the latest first. */
export async function officersCalled(
  tx: ReadTransaction,
  organisationId: number,
  who: string,
): Promise<Officer[]> {
  const officers = await tx.db
    .selectFrom('officer')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('id', 'desc')
    .execute()
  const byAddress = officers.filter(({ email }) => email === who.trim().toLowerCase())
  // Compared here: SQLite knows the case of A to Z alone.
  return byAddress.length > 0 ? byAddress : officers.filter(({ name }) => folded(name) === folded(who))
}
