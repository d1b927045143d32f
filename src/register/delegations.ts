import { rightsOf } from '../election/rights.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'

/** Who gives the vote to whom, by number. */
export interface GivenVote {
  readonly represented: string
  readonly acting: string
}

/**
 * The chain that one more delegation would make, by number, from whose vote it is to who would cast it; undefined
 * where it makes none. A vote is passed on once: whoever acts for others has not given away a vote, and the other
 * way round.
 * @param standing those that hold already
 */
export function chainMadeBy(standing: readonly GivenVote[], one: GivenVote): readonly string[] | undefined {
  const { represented, acting } = one
  const onward = standing.find((each) => each.represented === acting)
  if (onward !== undefined) return [represented, acting, onward.acting]
  const before = standing.find((each) => each.acting === represented)
  return before === undefined ? undefined : [before.represented, represented, acting]
}

/** A delegation that holds. */
export interface StandingDelegation extends GivenVote {
  readonly id: number
  /** Short name; null for every election of the organisation. */
  readonly election: string | null
  readonly representedName: string
  readonly actingName: string
  readonly actingEmail: string | null
  readonly actingPhone: string | null
  readonly reason: string
  /** ISO 8601 in UTC. */
  readonly expiresAt: string | null
  readonly officer: string
  readonly at: string
}

/**
 * The delegations of an organisation that hold now: those of every election, and those of one.
 * @param electionId of that one; 'all' for those of every single election
 */
export async function standingDelegations(
  tx: ReadTransaction,
  organisationId: number,
  electionId: number | 'all',
): Promise<StandingDelegation[]> {
  return tx.db
    .selectFrom('delegation as d')
    .innerJoin('member as r', 'r.id', 'd.represented_id')
    .innerJoin('member as a', 'a.id', 'd.acting_id')
    .leftJoin('election as e', 'e.id', 'd.election_id')
    .select(['d.id', 'e.slug as election', 'r.number as represented', 'r.name as representedName'])
    .select(['a.number as acting', 'a.name as actingName', 'a.email as actingEmail'])
    .select(['a.phone as actingPhone', 'd.reason', 'd.expires_at as expiresAt', 'd.officer', 'd.at'])
    .where('d.organisation_id', '=', organisationId)
    .where('d.revoked_at', 'is', null)
    .where((where) => where.or([where('d.expires_at', 'is', null), where('d.expires_at', '>', tx.now)]))
    .where((where) =>
      electionId === 'all'
        ? where.or([where('d.election_id', 'is', null), where('e.status', '=', 'draft')])
        : where.or([where('d.election_id', 'is', null), where('d.election_id', '=', electionId)]),
    )
    .orderBy('r.number')
    .orderBy('d.id')
    .execute()
}

/** Those that an election would open with: what was given for it alone goes before what holds for all. */
export async function delegationsFor(
  tx: ReadTransaction,
  election: { id: number; organisation_id: number; rights: string },
): Promise<StandingDelegation[]> {
  if (!rightsOf(election).allowDelegation) return []
  const standing = await standingDelegations(tx, election.organisation_id, election.id)
  const own = new Set(standing.flatMap((each) => (each.election === null ? [] : [each.represented])))
  return standing.filter(({ election: one, represented }) => one !== null || !own.has(represented))
}
