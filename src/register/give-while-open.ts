import type { Election } from '../election/find-election.ts'
import { rightsOf } from '../election/rights.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { assignReserveTokens } from '../voting/assign-reserve.ts'
import { revokeToken } from '../voting/revoke-token.ts'
import { tokenFamily } from '../voting/token-family.ts'
import { findVoter, hasVoted, heldToken } from '../voting/voter-token.ts'
import { DelegationRefused } from './delegation-refusals.ts'
import { type CheckedGiving, requireOneHop, requireWithin } from './giving.ts'
import { holds, readProxies } from './proxies.ts'

/**
 * Gives a vote to another while the election is open: a correction, with a reserve token for the member who casts it.
 * In a secret election the voter's own token is revoked, as a right has one token there.
 * @throws DelegationRefused, VoterNotFound, NoReserveToken, ReserveWeighsOtherwise
 */
export async function giveWhileOpen(
  tx: WriteTransaction,
  {
    election,
    given,
    acting,
  }: {
    election: Election
    given: CheckedGiving
    acting: { number: string; name: string; email: string | null; phone: string | null }
  },
): Promise<{ changed: boolean; reserve: string | null }> {
  const { represented, reason, expiresAt } = given
  const numbers = { represented, acting: acting.number }
  const voter = await findVoter(tx, election, represented)
  const proxies = await readProxies(tx, election.id)
  const standing = proxies.filter((proxy) => holds(proxy, tx.now))
  const before = standing.find((each) => each.represented === represented)
  if (before !== undefined) {
    if (before.acting === acting.number && before.expiresAt === expiresAt) {
      return { changed: false, reserve: null }
    }
    throw new DelegationRefused(
      numbers,
      `${represented} has given the vote to ${before.acting} already`,
      `Take it back first: urna delegation revoke ${represented} --election ${election.slug} --reason TEXT`,
    )
  }
  if (await hasVoted(tx, voter)) throw new DelegationRefused(numbers, `${represented} has voted already`)
  requireOneHop(standing, numbers)
  const { maxRepresented } = rightsOf(election)
  if (maxRepresented !== null) {
    const already = standing.filter((each) => each.acting === acting.number).length
    requireWithin(already, { given: numbers, election: election.slug, maxRepresented })
  }
  for (const { id } of proxies.filter(
    (each) => each.represented === represented && each.revokedAt === null,
  )) {
    await tx.db
      .updateTable('proxy')
      .set({ revoked_at: tx.now, revoked_by: tx.officer, revoked_reason: 'expired' })
      .where('id', '=', id)
      .execute()
  }
  const { id } = await tx.db
    .insertInto('proxy')
    .values({
      ...{ election_id: election.id, voter_id: voter.id, corrected: 1 },
      ...{ acting_number: acting.number, acting_name: acting.name },
      ...{ acting_email: acting.email, acting_phone: acting.phone },
      ...{ reason, expires_at: expiresAt, officer: tx.officer, at: tx.now },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.record({
    action: 'vote-given',
    election: election.slug,
    details: { expiresAt },
    personal: { represented, acting: acting.number, reason },
  })
  const family = await tokenFamily(tx, election)
  const own = election.visibility === 'secret' ? await heldToken(tx, family, represented) : undefined
  if (own !== undefined) {
    await revokeToken(tx, {
      ...{ election, token: own.id, number: represented },
      reason: 'the vote was given away',
    })
  }
  const [assigned] = await assignReserveTokens(tx, {
    ...{ election, family, voters: [voter] },
    proxy: { id, expiresAt },
  })
  return { changed: true, reserve: assigned!.reserve }
}
