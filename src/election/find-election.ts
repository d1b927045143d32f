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

/** The short name of an election that another one names. */
export async function slugOfElection(tx: ReadTransaction, id: number | null): Promise<string | null> {
  if (id === null) return null
  const row = await tx.db.selectFrom('election').select('slug').where('id', '=', id).executeTakeFirst()
  return row?.slug ?? null
}

/** The election of that short name, for somebody who may not know of drafts. @throws ElectionNotFound */
export async function findPublicElection(
  tx: ReadTransaction,
  slug: string,
): Promise<Election & { sealed_json: string; opened_at: string }> {
  const election = await findElection(tx, slug)
  const { opened_at, sealed_json } = election
  if (sealed_json === null || opened_at === null) throw new ElectionNotFound(slug)
  return { ...election, sealed_json, opened_at }
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
