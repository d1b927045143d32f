import { among } from '../among.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { isNotable, noticeActions, noticeOf, type Priority } from './notices.ts'

/** What happened, as officers are told. */
export interface Notification {
  /** Its position in the audit log. */
  id: number
  /** ISO 8601 in UTC. */
  at: string
  type: string
  priority: Priority
  /** Short name; null for what is of the server. */
  election: string | null
  text: string
  read: boolean
}

export interface NotificationList {
  organisation: string
  /** How many the reader has not read, of all that there are. */
  unread: number
  /** The latest first. */
  notifications: Notification[]
}

/** Who reads: an officer who is known, or whoever acts on this machine, by name. The marks of one are no other's. */
export type Reader = { readonly officerId: number } | 'acting'

/** The notable entries of an organisation, and those of the server that it is on. */
export function noticeRows(tx: ReadTransaction, organisationId: number) {
  const ofServer = noticeActions.filter((action) => noticeOf(action)?.ofServer === true)
  return tx.db
    .selectFrom('audit_entry')
    .leftJoin('election', 'election.slug', 'audit_entry.election')
    .select(['audit_entry.position', 'audit_entry.at', 'audit_entry.action', 'election.slug'])
    .select('election.title')
    .where(isNotable)
    .where('audit_entry.action', 'in', noticeActions)
    .where((where) =>
      where.or([
        where('election.organisation_id', '=', organisationId),
        where('audit_entry.action', 'in', ofServer),
      ]),
    )
}

/**
 * What officers are told of, with the marks of one of them.
 * @param input.limit so many at most
 * @throws OrganisationNotFound, OrganisationAmbiguous
 */
export async function listNotifications(
  work: UnitOfWork,
  input: { organisation: string | undefined; reader: Reader; unread: boolean; limit: number },
): Promise<NotificationList> {
  return work.read(async (tx) => {
    const { id, slug } = await findOrganisation(tx, input.organisation)
    const rows = marked(tx, id, input.reader)
    const { count } = await rows
      .clearSelect()
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('mark.position', 'is', null)
      .executeTakeFirstOrThrow()
    const listed = await rows
      .$if(input.unread, (query) => query.where('mark.position', 'is', null))
      .orderBy('audit_entry.position', 'desc')
      .limit(input.limit)
      .execute()
    return {
      organisation: slug,
      unread: Number(count),
      notifications: listed.map((row) => {
        const { type, priority, says } = noticeOf(row.action)!
        const text = says(row.title ?? '')
        return {
          ...{ id: row.position, at: row.at, type, priority, text },
          ...{ election: row.slug, read: row.mark !== null },
        }
      }),
    }
  })
}

/**
 * Marks notifications as read, for one reader. What is no notification of the organisation is passed over.
 * @param input.ids positions; undefined for all
 * @returns how many were not read before
 * @throws OrganisationNotFound, OrganisationAmbiguous
 */
export async function readNotifications(
  work: UnitOfWork,
  input: { organisation: string | undefined; reader: Reader; ids: readonly number[] | undefined },
): Promise<{ organisation: string; read: number }> {
  return work.write('read notifications', async (tx) => {
    const { id, slug } = await findOrganisation(tx, input.organisation)
    const { ids } = input
    const rows = await marked(tx, id, input.reader)
      .where('mark.position', 'is', null)
      .$if(ids !== undefined, (query) => query.where('audit_entry.position', 'in', among(ids ?? [])))
      .execute()
    const reader = nameOf(tx, input.reader)
    await tx.insertAll(
      'notification_read',
      rows.map(({ position }) => ({ reader, position })),
    )
    return { organisation: slug, read: rows.length }
  })
}

function marked(tx: ReadTransaction, organisationId: number, reader: Reader) {
  return noticeRows(tx, organisationId)
    .leftJoin('notification_read as mark', (join) =>
      join.onRef('mark.position', '=', 'audit_entry.position').on('mark.reader', '=', nameOf(tx, reader)),
    )
    .select('mark.position as mark')
}

function nameOf({ officer }: ReadTransaction, reader: Reader): string {
  return reader === 'acting' ? `name ${officer}` : `officer ${reader.officerId}`
}
