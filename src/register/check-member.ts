import { type Election, findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import { readUnitTree } from '../organisation/units.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { readCorrections } from './corrections.ts'
import { eligibilitySchema, isEligible, joinedField } from './eligibility.ts'
import { requireService, settingsFor } from './member-service.ts'
import { membersByNumber } from './member-store.ts'
import { fetchMember } from './service-list.ts'
import { MemberServiceUnreachable } from './service-refusals.ts'
import type { ServiceSettings } from './service-request.ts'
import type { ServiceMember } from './service-schema.ts'

/** What is known of one member, there and here. */
export interface MemberCheck {
  organisation: string
  number: string
  /** As the service calls the member, or else the register; null if neither knows of one. */
  name: string | null
  /** `unreachable` if the service did not answer: then all that is known is what was fetched. */
  service: 'listed' | 'not-listed' | 'unreachable'
  register: 'member' | 'left' | 'unknown'
  /** When the register was fetched, ISO 8601 in UTC; null if it never was. */
  fetchedAt: string | null
  election: CheckedElection | null
}

interface CheckedElection {
  election: string
  status: Election['status']
  /** Whether the member passes the filter of the election, by what the service says now or else by the register. */
  eligible: boolean
  /** Null while it is a draft, whose roll is made anew at the opening. */
  roll: 'on' | 'off' | 'struck' | null
}

/**
 * Asks the service about one member, and compares with the register and the roll of an election; nothing changes.
 * @throws OrganisationNotFound, ElectionNotFound, MemberServiceMissing, MemberServiceInvalid, MemberServiceDistrusted
 */
export async function checkMember(
  work: UnitOfWork,
  request: {
    organisation: string | undefined
    election: string | undefined
    number: string
    header: string | undefined
    timing?: Pick<ServiceSettings, 'patience' | 'firstPause'>
  },
): Promise<MemberCheck> {
  const known = await work.read((tx) => readKnown(tx, request))
  const { service: row, organisation, member, election } = known
  const settings = { ...settingsFor(row, request.header), ...request.timing }
  const answer = await askedNow(settings, request.number)
  const here = known.left ? undefined : member
  const told = answer === 'unreachable' ? here : answer && factsOf(answer)
  return {
    organisation,
    number: request.number,
    name: (answer === 'unreachable' ? undefined : answer?.name) ?? member?.name ?? null,
    service: answer === 'unreachable' ? 'unreachable' : answer === undefined ? 'not-listed' : 'listed',
    register: known.left ? 'left' : member === undefined ? 'unknown' : 'member',
    fetchedAt: row.fetched_at,
    election: election && {
      ...{ election: election.slug, status: election.status, roll: known.roll },
      eligible:
        told !== undefined &&
        isEligible(told, eligibilitySchema.parse(JSON.parse(election.eligibility)), known.units),
    },
  }
}

async function readKnown(
  tx: ReadTransaction,
  request: { organisation: string | undefined; election: string | undefined; number: string },
) {
  const election = request.election === undefined ? null : await findElection(tx, request.election)
  if (election !== null) await requireVoters(tx, election, 'look on its roll')
  const { id, slug } = await holderOf(tx, election, request.organisation)
  const member = (await membersByNumber(tx, id, [request.number])).get(request.number)
  const left = await tx.db
    .selectFrom('member')
    .select('id')
    .where('organisation_id', '=', id)
    .where('number', '=', request.number)
    .where('left_at', 'is not', null)
    .executeTakeFirst()
  return {
    ...{ election, organisation: slug, member, left: left !== undefined },
    service: await requireService(tx, { id, slug }),
    units: await readUnitTree(tx, id),
    roll:
      election === null || election.status === 'draft' ? null : await rollOf(tx, election, request.number),
  }
}

/** The election's own, or the one that was named. */
async function holderOf(
  tx: ReadTransaction,
  election: Election | null,
  slug: string | undefined,
): Promise<{ id: number; slug: string }> {
  if (election === null) return findOrganisation(tx, slug)
  return tx.db
    .selectFrom('organisation')
    .select(['id', 'slug'])
    .where('id', '=', election.organisation_id)
    .executeTakeFirstOrThrow()
}

async function rollOf(
  tx: ReadTransaction,
  election: Election,
  number: string,
): Promise<'on' | 'off' | 'struck'> {
  const { struck } = await readCorrections(tx, election.id)
  if (struck.has(number)) return 'struck'
  const voter = await tx.db
    .selectFrom('voter')
    .select('id')
    .where('election_id', '=', election.id)
    .where('number', '=', number)
    .executeTakeFirst()
  return voter === undefined ? 'off' : 'on'
}

async function askedNow(
  settings: ServiceSettings,
  number: string,
): Promise<ServiceMember | undefined | 'unreachable'> {
  try {
    return await fetchMember(settings, number)
  } catch (error) {
    if (error instanceof MemberServiceUnreachable) return 'unreachable'
    throw error
  }
}

/** What the filter of an election looks at. */
function factsOf({ status, region, chapter, district, joined, custom }: ServiceMember) {
  return {
    ...{ status: status ?? null, region: region ?? null },
    ...{ chapter: chapter ?? null, district: district ?? null },
    custom: { ...custom, ...(joined && { [joinedField]: joined }) },
  }
}
