import type { Selectable } from 'kysely'
import { headerIn, safeTarget } from '../delivery/http-target.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { Database, ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { MemberServiceInvalid, MemberServiceMissing } from './service-refusals.ts'
import type { ServiceSettings } from './service-request.ts'

/** Where the members of an organisation come from, and what was fetched last. */
export interface MemberService {
  organisation: string
  url: string
  maxAgeMinutes: number
  /** ISO 8601 in UTC; null if it never was. */
  fetchedAt: string | null
  listed: number | null
  /** SHA-256, hex, of the list as it was taken. */
  sha256: string | null
}

type Row = Selectable<Database['member_service']>

/** The list may be a day old when an election opens, unless something else is said. */
export const usualMaxAge = 24 * 60

export async function findService(tx: ReadTransaction, organisationId: number): Promise<Row | undefined> {
  return tx.db
    .selectFrom('member_service')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
}

/** @throws OrganisationNotFound, OrganisationAmbiguous, MemberServiceMissing */
export async function readService(work: UnitOfWork, slug: string | undefined): Promise<MemberService> {
  return work.read(async (tx) => {
    const organisation = await findOrganisation(tx, slug)
    return describeService(organisation.slug, await requireService(tx, organisation))
  })
}

/** @throws MemberServiceMissing */
export async function requireService(
  tx: ReadTransaction,
  { id, slug }: { id: number; slug: string },
): Promise<Row> {
  const service = await findService(tx, id)
  if (service === undefined) throw new MemberServiceMissing(slug)
  return service
}

/**
 * Says from which service the members come; another one is asked for everything.
 * @param input.url undefined for the one it is
 * @returns changed: false if it was all like that
 * @throws OrganisationNotFound, OrganisationAmbiguous, MemberServiceInvalid, MemberServiceMissing
 */
export async function setService(
  work: UnitOfWork,
  input: { organisation: string | undefined; url: string | undefined; maxAgeMinutes: number | undefined },
): Promise<MemberService & { changed: boolean }> {
  const wanted = input.url === undefined ? undefined : requireUrl(input.url).href
  return work.write('set member service', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    const before = await findService(tx, organisation.id)
    const url = wanted ?? (await requireService(tx, organisation)).url
    const max_age_minutes = input.maxAgeMinutes ?? before?.max_age_minutes ?? usualMaxAge
    const never = { fetched_at: null, snapshot: null, sha256: null, listed: null }
    const after = { ...never, ...(before?.url === url && before), url, max_age_minutes }
    const changed = before?.url !== url || before.max_age_minutes !== max_age_minutes
    if (changed) {
      const row = { organisation_id: organisation.id, ...after }
      await tx.db.deleteFrom('member_service').where('organisation_id', '=', organisation.id).execute()
      await tx.db.insertInto('member_service').values(row).execute()
      const details = { organisation: organisation.slug, url, maxAgeMinutes: max_age_minutes }
      await tx.record({ action: 'member-service-set', details })
    }
    return { ...describeService(organisation.slug, { ...after, organisation_id: organisation.id }), changed }
  })
}

/**
 * From now on the members come from CSV files. Who had left stays so until a CSV names them.
 * @throws OrganisationNotFound, OrganisationAmbiguous, MemberServiceMissing
 */
export async function removeService(work: UnitOfWork, slug: string | undefined): Promise<MemberService> {
  return work.write('remove member service', async (tx) => {
    const organisation = await findOrganisation(tx, slug)
    const service = await requireService(tx, organisation)
    await tx.db.deleteFrom('member_service').where('organisation_id', '=', organisation.id).execute()
    const details = { organisation: organisation.slug, url: service.url }
    await tx.record({ action: 'member-service-removed', details })
    return describeService(organisation.slug, service)
  })
}

/**
 * @param header the line of a file, such as `Authorization: Bearer KEY`; undefined for a service that asks for none
 * @throws MemberServiceInvalid
 */
export function settingsFor(
  { url }: Pick<MemberService, 'url'>,
  header: string | undefined,
): Pick<ServiceSettings, 'url' | 'header'> {
  const read = header === undefined ? {} : headerIn(header)
  if (read !== undefined) return { url: requireUrl(url), header: read }
  throw new MemberServiceInvalid(
    'The file of the header of the service does not hold one header.',
    'Write one line into it, like: Authorization: Bearer KEY',
  )
}

function requireUrl(text: string): URL {
  const url = safeTarget(text)
  if (url === undefined || url.search !== '' || url.hash !== '') {
    throw new MemberServiceInvalid(
      'The service is not given as a URL that begins with https:// and has no password or question in it.',
      'Write it like https://members.example.org/api/. What identifies you goes into the file of a header.',
    )
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

export function describeService(organisation: string, row: Row): MemberService {
  const { url, max_age_minutes, fetched_at, listed, sha256 } = row
  return { organisation, url, maxAgeMinutes: max_age_minutes, fetchedAt: fetched_at, listed, sha256 }
}

/** Whole minutes between two moments, ISO 8601. */
export function ageInMinutes(then: string, now: string): number {
  return Math.floor((Date.parse(now) - Date.parse(then)) / 60_000)
}
