import { findOrganisation } from '../organisation/find-organisation.ts'
import type { Eligibility } from '../register/eligibility.ts'
import { generateUuid } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import type { ApprovedDeed } from './approval-subject.ts'
import type { ContestDraft } from './contest-draft.ts'
import { requireUnitOf } from './election-unit.ts'
import type { Election } from './find-election.ts'
import { insertContest } from './insert-contest.ts'
import { ElectionExists } from './refusals.ts'
import { type Rights, rightsFields, usualRights } from './rights.ts'
import { addServerTrustee } from './server-trustee.ts'
import { slugOf } from './slug.ts'
import { markedTitle } from './standing.ts'

/** An election as an officer describes it. */
export interface ElectionDraft {
  title: string
  description: string
  /** Short name; undefined for one made from the title. */
  slug: string | undefined
  /** IANA name of the zone in which its times are told. */
  zone: string
  /** ISO 8601 in UTC. */
  opensAt: string | null
  closesAt: string | null
  recast: Election['recast']
  /** How voters get the one-time code that a ballot over the network needs. */
  code: Election['code']
  /** Who may see who voted what. */
  visibility: Election['visibility']
  /** Whether ballots that break the rules are taken, and counted as invalid; of those that are not sealed alone. */
  allowInvalid: boolean
  /** Whether officers see votes while they come in; of those that are not sealed alone. */
  liveVoting: boolean
  /** How rights are exercised; absent for the usual. */
  rights?: Rights
  eligibility: Eligibility
  contests: readonly ContestDraft[]
  /** It runs the real thing, is marked everywhere, and can't be certified; absent where the election counts. */
  rehearsal?: boolean
  /** What needs a second officer, beside what the organisation says. */
  twoOfficers?: readonly ApprovedDeed[]
  /** How many days who the voters were is kept, once it is over; absent for what the organisation has. */
  keepDays?: number
}

/** An election can be followed by this many runoffs in which voters keep their tokens. */
const runoffRounds = 2

/**
 * Makes a draft, with a key of the server's own and the identifiers of the runoffs that may follow.
 * @param organisation short name of the one that holds it; not needed where the file has only one
 * @throws ElectionExists if the short name is taken, ContestInvalid, OrganisationNotFound, OrganisationAmbiguous
 */
export async function createElection(
  { work, group }: { work: UnitOfWork; group: Group },
  draft: ElectionDraft,
  organisation?: string,
): Promise<Election> {
  return work.write('create election', async (tx) => {
    const { id: organisationId } = await findOrganisation(tx, organisation)
    const election = await insertElection(tx, group, {
      organisationId,
      draft: { ...draft, slug: draft.slug ?? (await freeSlug(tx, slugOf(draft.title))) },
      uuid: generateUuid(group),
    })
    await addRunoffSlots(tx, group, election)
    await tx.record({
      action: 'election-created',
      election: election.slug,
      details: {
        ...{ title: election.title, uuid: election.uuid, contests: draft.contests.length },
        ...(election.rehearsal === 1 && { rehearsal: true }),
      },
    })
    return election
  })
}

/** The identifiers of the runoffs that may follow. */
export async function addRunoffSlots(
  tx: WriteTransaction,
  group: Group,
  { id }: Pick<Election, 'id'>,
): Promise<void> {
  for (let round = 1; round <= runoffRounds; round++) {
    await tx.db
      .insertInto('runoff_slot')
      .values({ election_id: id, round, uuid: generateUuid(group) })
      .execute()
  }
}

/** @throws ElectionExists, ContestInvalid */
export async function insertElection(
  tx: WriteTransaction,
  group: Group,
  options: {
    organisationId: number
    draft: ElectionDraft & { slug: string }
    uuid: string
    runoff?: { of: number; round: number }
  },
): Promise<Election> {
  const { organisationId, draft, uuid, runoff } = options
  const taken = await tx.db
    .selectFrom('election')
    .select('id')
    .where('slug', '=', draft.slug)
    .executeTakeFirst()
  if (taken !== undefined) throw new ElectionExists(draft.slug)
  await requireUnitOf(tx, organisationId, draft.eligibility)
  const election = await tx.db
    .insertInto('election')
    .values({
      organisation_id: organisationId,
      slug: draft.slug,
      uuid,
      ...electionColumns(draft),
      created_at: tx.now,
      runoff_of: runoff?.of ?? null,
      runoff_round: runoff?.round ?? 0,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (draft.visibility === 'secret') await addServerTrustee(tx, group, election.id)
  for (const [index, contest] of draft.contests.entries()) {
    await insertContest(tx, { electionId: election.id, position: index + 1, draft: contest })
  }
  return election
}

/** What an officer decides of an election, beside its contests. */
export function electionColumns(draft: ElectionDraft) {
  const { title, rehearsal = false } = draft
  return {
    title: markedTitle({ title, rehearsal }),
    rehearsal: rehearsal ? (1 as const) : (0 as const),
    description: draft.description,
    zone: draft.zone,
    opens_at: draft.opensAt,
    closes_at: draft.closesAt,
    two_officers: JSON.stringify(draft.twoOfficers ?? []),
    keep_days: draft.keepDays ?? null,
    recast: draft.recast,
    code: draft.code,
    visibility: draft.visibility,
    allow_invalid: draft.allowInvalid ? (1 as const) : (0 as const),
    live_voting: draft.liveVoting ? (1 as const) : (0 as const),
    rights: JSON.stringify(rightsFields(draft.rights ?? usualRights)),
    eligibility: JSON.stringify(draft.eligibility),
  }
}

/** The short name, of at most 55 characters, with a number behind it where it is taken. */
export async function freeSlug(tx: WriteTransaction, wanted: string): Promise<string> {
  const rows = await tx.db.selectFrom('election').select('slug').execute()
  const taken = new Set(rows.map(({ slug }) => slug))
  let slug = wanted
  for (let number = 2; taken.has(slug); number++) slug = `${wanted}-${number}`
  return slug
}
