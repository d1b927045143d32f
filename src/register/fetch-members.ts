import { rehearse } from '../election/rehearse.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import type { RejectedRow } from './import-batch.ts'
import { takeRows } from './import-members.ts'
import type { MemberImport, RejectLayout } from './import-summary.ts'
import { type NamedMember, sendOff } from './member-departures.ts'
import {
  ageInMinutes,
  describeService,
  type MemberService,
  requireService,
  settingsFor,
} from './member-service.ts'
import { fetchList, type ServiceList } from './service-list.ts'
import { MemberServiceMissing } from './service-refusals.ts'
import type { ServiceSettings } from './service-request.ts'

const deed = 'fetch members'

/** What asking the service came to. */
export type Fetched =
  /** It was asked not long ago. */
  | { readonly kind: 'fresh'; readonly service: MemberService }
  /** It has nothing newer than what is in the register. */
  | { readonly kind: 'unchanged'; readonly service: MemberService }
  | {
      readonly kind: 'list'
      readonly service: MemberService
      readonly list: ServiceList
      readonly at: string
    }

/**
 * Asks the service of an organisation for its members. Nothing changes yet: see `takeList` and `keepUnchanged`.
 * @param request.notOlder minutes: a list of that age is good enough; undefined to ask in any case
 * @param request.header as `settingsFor` reads it
 * @throws OrganisationNotFound, OrganisationAmbiguous, MemberServiceMissing, MemberServiceInvalid,
 *   MemberServiceUnreachable, MemberServiceDistrusted
 */
export async function fetchMembers(
  work: UnitOfWork,
  request: {
    organisation: string | undefined
    header: string | undefined
    notOlder: number | undefined
    onPage(come: number, total: number): void
    timing?: Pick<ServiceSettings, 'patience' | 'firstPause'>
  },
): Promise<Fetched> {
  const { service, snapshot, now } = await work.read(async (tx) => {
    const organisation = await findOrganisation(tx, request.organisation)
    const row = await requireService(tx, organisation)
    return { service: describeService(organisation.slug, row), snapshot: row.snapshot, now: tx.now }
  })
  const { fetchedAt } = service
  const { notOlder } = request
  const isFresh = fetchedAt !== null && notOlder !== undefined && ageInMinutes(fetchedAt, now) <= notOlder
  if (isFresh) return { kind: 'fresh', service }
  const settings = { ...settingsFor(service, request.header), ...request.timing }
  const list = await fetchList(settings, snapshot ?? undefined, request.onPage)
  if (list !== undefined) return { kind: 'list', service, list, at: now }
  return { kind: 'unchanged', service: { ...service, fetchedAt: now } }
}

/** Keeps when the service said that it has nothing newer. @throws MemberServiceMissing */
export async function keepUnchanged(
  work: UnitOfWork,
  { service }: Extract<Fetched, { kind: 'unchanged' }>,
): Promise<void> {
  const { organisation, url, fetchedAt, sha256 } = service
  await work.write(deed, async (tx) => {
    await noteFetch(tx, service, { fetched_at: fetchedAt ?? tx.now })
    await tx.record({ action: 'members-confirmed', details: { organisation, url, sha256 } })
  })
}

export interface TakenList {
  found: MemberImport
  /** Whom the service does not list any more, by number; nobody as long as an entry can't be taken. */
  left: NamedMember[]
}

/**
 * Makes the members what the service listed, in one transaction. Who is not listed any more stays in the register,
 * as somebody who left and is eligible for nothing.
 * @throws MemberServiceMissing if they come from elsewhere by now
 */
export async function takeList(
  work: UnitOfWork,
  fetched: Extract<Fetched, { kind: 'list' }>,
  request: { mode: 'preview' | 'apply'; onRejected(row: RejectedRow, layout: RejectLayout): void },
): Promise<TakenList> {
  const { service, list, at } = fetched
  const take = async (tx: WriteTransaction): Promise<TakenList> => {
    const { source } = list
    const { organisation, onRejected } = { ...service, ...request }
    const found = await takeRows(tx, { source, organisation, onBytes: () => {}, onRejected })
    const { id } = await findOrganisation(tx, organisation)
    const whole = found.counts.rejected === 0
    const left = whole ? await sendOff(tx, id) : []
    const { listed, sha256 } = list
    // A list of which not all could be taken is asked for again as a whole.
    const snapshot = whole ? list.snapshot : null
    await noteFetch(tx, service, { fetched_at: at, snapshot, listed, sha256 })
    return { found, left }
  }
  if (request.mode === 'preview') return rehearse(work, deed, take)
  return work.write(deed, async (tx) => {
    const taken = await take(tx)
    const { listed, sha256 } = list
    const { organisation, url } = service
    const details = { organisation, url, listed, sha256, ...taken.found.counts, left: taken.left.length }
    await tx.record({ action: 'members-fetched', details })
    return taken
  })
}

/** @throws MemberServiceMissing */
async function noteFetch(
  tx: WriteTransaction,
  { organisation, url }: MemberService,
  set: { fetched_at: string; snapshot?: string | null; listed?: number; sha256?: string },
): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('member_service')
    .set(set)
    .where('url', '=', url)
    .where('organisation_id', '=', ({ selectFrom }) =>
      selectFrom('organisation').select('id').where('slug', '=', organisation),
    )
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new MemberServiceMissing(organisation)
}
