import type { Selectable } from 'kysely'
import type { Database, ElectionStatus, ReadTransaction } from '../store/unit-of-work.ts'
import { ElectionAmbiguous, ElectionNotFound, WrongState } from './refusals.ts'

export type Election = Selectable<Database['election']>

/**
 * The election of that short name, or the only one in the file.
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function findElection(tx: ReadTransaction, slug: string | undefined): Promise<Election> {
  const elections = await tx.db
    .selectFrom('election')
    .selectAll()
    .$if(slug !== undefined, (query) => query.where('slug', '=', slug as string))
    .orderBy('id')
    .execute()
  const [election] = elections
  if (election === undefined) throw new ElectionNotFound(slug)
  if (elections.length > 1) throw new ElectionAmbiguous(elections.map((each) => each.slug))
  return election
}

/**
 * @param deed completes "so it is not possible to …"
 * @throws WrongState
 */
export function requireStatus(
  election: Election,
  options: { deed: string; allowed: readonly ElectionStatus[]; hint?: string },
): void {
  if (options.allowed.includes(election.status)) return
  const { deed, hint } = options
  throw new WrongState({
    election: election.slug,
    status: election.status,
    deed,
    ...(hint === undefined ? {} : { hint }),
  })
}

/**
 * @param deed completes "so it is not possible to …"
 * @throws WrongState
 */
export function requireDraft(election: Election, deed: string): void {
  requireStatus(election, {
    deed,
    allowed: ['draft'],
    hint: 'Only a draft can be changed: from the opening on, ballots are sealed for exactly what was published.',
  })
}
