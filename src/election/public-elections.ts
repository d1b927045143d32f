import type { ElectionStatus, ReadTransaction } from '../store/unit-of-work.ts'

/** What everybody may know of an election that has opened. */
export interface PublicElection {
  election: string
  title: string
  description: string
  status: ElectionStatus
  /** IANA name of the time zone in which its times are told. */
  zone: string
  /** ISO 8601 in UTC, as all times here: announced. */
  closesAt: string | null
  openedAt: string
  closedAt: string | null
  publishedAt: string | null
}

/** The elections of an organisation that have opened, the latest first; none that was cancelled. */
export async function listPublicElections(
  tx: ReadTransaction,
  organisationId: number,
): Promise<{ organisation: string; elections: PublicElection[] }> {
  const { name } = await tx.db
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const rows = await tx.db
    .selectFrom('election')
    .select(['slug', 'title', 'description', 'status', 'zone'])
    .select(['closes_at', 'opened_at', 'closed_at', 'published_at'])
    .where('opened_at', 'is not', null)
    .where('status', '<>', 'cancelled')
    .where('organisation_id', '=', organisationId)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const elections = rows.map(({ slug, title, description, status, zone, ...times }) => ({
    ...{ election: slug, title, description, status, zone },
    closesAt: times.closes_at,
    openedAt: times.opened_at!,
    closedAt: times.closed_at,
    publishedAt: times.published_at,
  }))
  return { organisation: name, elections }
}
