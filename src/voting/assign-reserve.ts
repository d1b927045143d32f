import type { Election } from '../election/find-election.ts'
import { formatWeight } from '../register/weights.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { reserveWeightMicros } from './credentials.ts'
import { NoReserveToken, ReserveWeighsOtherwise } from './refusals.ts'
import { reserveLabel } from './reserve.ts'
import { earliest } from './save-credentials.ts'
import type { TokenFamily } from './token-family.ts'

/** Whose a reserve token is now. */
export interface ReserveAssignment {
  /** Of the voter. */
  number: string
  /** Of the token, as on its line in the file of tokens: `R-001`. */
  reserve: string
}

/**
 * Gives each voter the next reserve token. Their private halves are in the file of tokens alone: whoever
 * has it hands out the lines that are named here.
 * @param options.proxy of a single voter: with the token another member casts that vote
 * @throws NoReserveToken, ReserveWeighsOtherwise
 */
export async function assignReserveTokens(
  tx: WriteTransaction,
  {
    election,
    family,
    voters,
    proxy,
  }: {
    election: Election
    family: TokenFamily
    voters: readonly { id: number; number: string; weight_micros: number }[]
    proxy?: { id: number; expiresAt: string | null }
  },
): Promise<ReserveAssignment[]> {
  const reserveWeight = await reserveWeightMicros(tx, election)
  const other = voters.find((voter) => voter.weight_micros !== reserveWeight)
  if (other !== undefined) {
    throw new ReserveWeighsOtherwise({
      election: election.slug,
      number: other.number,
      weight: formatWeight(other.weight_micros),
      reserve: formatWeight(reserveWeight),
    })
  }
  const free = await freeReserveTokens(tx, { election, family })
  if (free.length < voters.length) {
    throw new NoReserveToken({ election: election.slug, wanted: voters.length, left: free.length })
  }
  const assigned: ReserveAssignment[] = []
  for (const [index, voter] of voters.entries()) {
    const token = free[index]!
    await tx.db
      .updateTable('token')
      .set({
        ...{ state: 'issued', voter_id: voter.id },
        ...(proxy && { proxy_id: proxy.id, expires_at: earliest(token.expires_at, proxy.expiresAt) }),
      })
      .where('id', '=', token.id)
      .execute()
    const assignment = { number: voter.number, reserve: reserveLabel(token.reserve_number!) }
    await tx.record({ action: 'reserve-token-assigned', election: election.slug, personal: assignment })
    assigned.push(assignment)
  }
  return assigned
}

/** Those that were published with this election and haven't expired, in order. */
async function freeReserveTokens(
  tx: WriteTransaction,
  { election, family }: { election: Election; family: TokenFamily },
) {
  return tx.db
    .selectFrom('token as t')
    .innerJoin('token_credential as c', 'c.token_id', 't.id')
    .select(['t.id', 't.reserve_number', 't.expires_at'])
    .where('t.election_id', '=', family.root.id)
    .where('c.uuid', '=', election.uuid)
    .where('t.state', '=', 'reserve')
    .where((where) => where.or([where('t.expires_at', 'is', null), where('t.expires_at', '>', tx.now)]))
    .orderBy('t.reserve_number')
    .execute()
}
