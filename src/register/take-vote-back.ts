import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { tokenFamily } from '../voting/token-family.ts'
import { DelegationInvalid, DelegationNotFound, DelegationRefused } from './delegation-refusals.ts'
import { standingDelegations } from './delegations.ts'
import { type HeldProxy, holds, readProxies } from './proxies.ts'

export interface TookVoteBack {
  /** Undefined for every election of the organisation. */
  election: string | undefined
  represented: string
  acting: string
  /** Whether the voter needs a token now: in a secret election there was only the one that was given away. */
  tokenNeeded: boolean
}

/**
 * Takes a vote back that was given to another member. In an open election that is possible until the other has cast
 * it, and the token for it is revoked.
 * @param input.represented number of the member whose vote it is
 * @throws DelegationInvalid, DelegationNotFound, DelegationRefused, WrongState
 */
export async function takeVoteBack(
  work: UnitOfWork,
  input: {
    organisation: string | undefined
    election: string | undefined
    represented: string
    reason: string
  },
): Promise<TookVoteBack> {
  const { represented } = input
  const reason = input.reason.trim()
  if (reason === '') {
    throw new DelegationInvalid(
      'A vote is taken back with a reason, which is listed with it',
      'Give it with --reason TEXT.',
    )
  }
  return work.write('take a vote back', async (tx) => {
    const election = input.election === undefined ? undefined : await findElection(tx, input.election)
    if (election !== undefined) {
      requireStatus(election, { deed: 'take a vote back', allowed: ['draft', 'open', 'paused'] })
      if (election.status !== 'draft') return takeFromOpen(tx, election, { represented, reason })
    }
    const organisationId = election?.organisation_id ?? (await findOrganisation(tx, input.organisation)).id
    const standing = await standingDelegations(tx, organisationId, election?.id ?? 'all')
    const slug = election?.slug ?? null
    const given = standing.find((each) => each.represented === represented && each.election === slug)
    if (given === undefined) throw new DelegationNotFound({ represented, election: election?.slug })
    const { acting } = given
    await tx.db.updateTable('delegation').set(revocation(tx, reason)).where('id', '=', given.id).execute()
    await tx.record({
      action: 'vote-taken-back',
      ...(election !== undefined && { election: election.slug, personal: { represented, acting, reason } }),
    })
    return { election: election?.slug, represented, acting, tokenNeeded: false }
  })
}

function revocation({ now, officer }: WriteTransaction, reason: string) {
  return { revoked_at: now, revoked_by: officer, revoked_reason: reason }
}

async function takeFromOpen(
  tx: WriteTransaction,
  election: Election,
  { represented, reason }: { represented: string; reason: string },
): Promise<TookVoteBack> {
  const { slug } = election
  const proxies = await readProxies(tx, election.id)
  const proxy = proxies.find((each) => each.represented === represented && holds(each, tx.now))
  if (proxy === undefined) throw new DelegationNotFound({ represented, election: slug })
  const { acting } = proxy
  const { root } = await tokenFamily(tx, election)
  if (await wasCast(tx, election, { root: root.id, proxy })) {
    throw new DelegationRefused(
      { represented, acting },
      `${acting} has cast the vote of ${represented} already`,
      'What was cast while the vote was given stays in the box.',
    )
  }
  await tx.db.updateTable('proxy').set(revocation(tx, reason)).where('id', '=', proxy.id).execute()
  await tx.db
    .updateTable('token')
    .set({ state: 'revoked', revoked_at: tx.now, revoked_reason: reason })
    .where('id', 'in', tokensOf(tx, root.id, proxy))
    .where('state', '!=', 'revoked')
    .execute()
  await tx.record({
    action: 'vote-taken-back',
    election: slug,
    personal: { represented, acting, reason },
  })
  return { election: slug, represented, acting, tokenNeeded: election.visibility === 'secret' }
}

/** Of this proxy, or of the one that it continues from an earlier round: voters are the same by number. */
function tokensOf(tx: WriteTransaction, root: number, { represented, acting }: HeldProxy) {
  return tx.db
    .selectFrom('token as t')
    .innerJoin('proxy as p', 'p.id', 't.proxy_id')
    .innerJoin('voter as v', 'v.id', 'p.voter_id')
    .select('t.id')
    .where('t.election_id', '=', root)
    .where('v.number', '=', represented)
    .where('p.acting_number', '=', acting)
}

async function wasCast(
  tx: WriteTransaction,
  election: Election,
  { root, proxy }: { root: number; proxy: HeldProxy },
): Promise<boolean> {
  const ballot = await tx.db
    .selectFrom('ballot')
    .select('id')
    .where('election_id', '=', election.id)
    .where('voter_id', '=', proxy.voterId)
    .where('effective', '=', 1)
    .where('token_id', 'in', tokensOf(tx, root, proxy))
    .executeTakeFirst()
  return ballot !== undefined
}
