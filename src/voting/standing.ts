import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type BallotRefusal, ballotRefusal } from './ballot-refusal.ts'
import { isStruck } from './struck.ts'

/** The right that a ballot is cast on. */
export interface VotingRight {
  readonly tokenId: number
  readonly voterId: number
  /** Of the voter on the roll. */
  readonly number: string
  /** Whether a ballot of this voter is in the box already, to be superseded. */
  readonly recast: boolean
}

export type Standing =
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly refusal: BallotRefusal }
  | { readonly kind: 'entitled'; readonly right: VotingRight }

/**
 * Whether a ballot may be cast, as far as the file knows: everything that can change from one moment to the
 * next. What is in the box already stays there, whatever became of its token since.
 */
export async function standingOf(
  tx: ReadTransaction,
  election: Election,
  ballot: { credential: string; trackingCode: string },
): Promise<Standing> {
  const known = await tx.db
    .selectFrom('ballot')
    .select('id')
    .where('election_id', '=', election.id)
    .where('tracking_code', '=', ballot.trackingCode)
    .executeTakeFirst()
  if (known !== undefined) return { kind: 'already' }

  const holder = await holderOf(tx, election, ballot.credential)
  if (holder === undefined) return refused('unknown-credential')
  // Striking a voter revokes the token as well: the first reason is the one to tell.
  if (holder.struck) return refused('struck-voter')
  if (holder.state === 'revoked') return refused('revoked-token')
  if (holder.state === 'reserve') return refused('reserve-not-assigned')
  // A token of another round's voter who is not on the roll of this one.
  if (holder.voterId === null || holder.number === null) return refused('unknown-credential')
  if (holder.expires_at !== null && holder.expires_at <= tx.now) return refused('expired-token')
  const recast = holder.ballotId !== null
  if (recast && election.recast === 'refuse') return refused('recast-not-allowed')
  const { tokenId, voterId, number } = holder
  return { kind: 'entitled', right: { tokenId, voterId, number, recast } }
}

function refused(code: Parameters<typeof ballotRefusal>[0]): Standing {
  return { kind: 'refused', refusal: ballotRefusal(code) }
}

async function holderOf(tx: ReadTransaction, election: Election, credential: string) {
  return tx.db
    .selectFrom('token_credential as c')
    .innerJoin('token as t', 't.id', 'c.token_id')
    .leftJoin('voter as holder', 'holder.id', 't.voter_id')
    .leftJoin('voter as v', (join) =>
      join.onRef('v.number', '=', 'holder.number').on('v.election_id', '=', election.id),
    )
    .leftJoin('ballot as b', (join) =>
      join.onRef('b.voter_id', '=', 'v.id').on('b.election_id', '=', election.id).on('b.effective', '=', 1),
    )
    .select([
      't.id as tokenId',
      't.state',
      't.expires_at',
      'v.id as voterId',
      'v.number',
      'b.id as ballotId',
      isStruck('v').as('struck'),
    ])
    .where('c.uuid', '=', election.uuid)
    .where('c.credential', '=', credential)
    .executeTakeFirst()
}
