import { type Election, findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { rehearse } from '../election/rehearse.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { standingDelegations } from './delegations.ts'
import { type HeldProxy, readProxies } from './proxies.ts'
import { refreshRoll } from './roll.ts'

/** A vote that is cast by another member, or was to be. */
export interface ListedDelegation {
  /** Short name; null for every election of the organisation. */
  election: string | null
  represented: { number: string; name: string }
  acting: { number: string; name: string }
  reason: string
  /** ISO 8601 in UTC, as the others. */
  expiresAt: string | null
  officer: string
  at: string
  /** Whether it was given while the election was open. */
  corrected: boolean
  revoked: { at: string; officer: string; reason: string } | null
}

/**
 * The votes that were given to others: of an election those that it has, of a draft as it would open now; without one
 * those that hold in the organisation.
 * @throws ElectionNotFound, OrganisationNotFound, OrganisationAmbiguous, ElectionPurged
 */
export async function listDelegations(
  work: UnitOfWork,
  input: { organisation: string | undefined; election: string | undefined },
): Promise<ListedDelegation[]> {
  if (input.election === undefined) {
    return work.read(async (tx) => {
      const { id } = await findOrganisation(tx, input.organisation)
      const standing = await standingDelegations(tx, id, 'all')
      return standing.map(({ representedName, actingName, ...each }) => ({
        ...{ election: each.election, reason: each.reason, expiresAt: each.expiresAt },
        represented: { number: each.represented, name: representedName },
        acting: { number: each.acting, name: actingName },
        ...{ officer: each.officer, at: each.at, corrected: false, revoked: null },
      }))
    })
  }
  const election = await work.read(async (tx) => {
    const found = await findElection(tx, input.election)
    await requireVoters(tx, found, 'list its delegations')
    return found
  })
  if (election.status !== 'draft') return work.read((tx) => proxiesOf(tx, election))
  return rehearse(work, 'list delegations', async (tx) => {
    await refreshRoll(tx, election)
    return proxiesOf(tx, election)
  })
}

async function proxiesOf(tx: ReadTransaction, election: Election): Promise<ListedDelegation[]> {
  const proxies = await readProxies(tx, election.id)
  return proxies.map((proxy) => ({
    ...{ election: election.slug, reason: proxy.reason, expiresAt: proxy.expiresAt },
    represented: { number: proxy.represented, name: proxy.representedName },
    acting: { number: proxy.acting, name: proxy.actingName },
    ...{ officer: proxy.officer, at: proxy.at, corrected: proxy.corrected === 1 },
    revoked: revocationOf(proxy),
  }))
}

function revocationOf({ revokedAt, revokedBy, revokedReason }: HeldProxy): ListedDelegation['revoked'] {
  if (revokedAt === null) return null
  return { at: revokedAt, officer: revokedBy!, reason: revokedReason! }
}
