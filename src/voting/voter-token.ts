import type { Election } from '../election/find-election.ts'
import { VoterNotFound } from '../register/refusals.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { TokenFamily } from './token-family.ts'

/** @throws VoterNotFound */
export async function findVoter(tx: ReadTransaction, election: Election, number: string) {
  const voter = await tx.db
    .selectFrom('voter')
    .selectAll()
    .where('election_id', '=', election.id)
    .where('number', '=', number)
    .executeTakeFirst()
  if (voter === undefined) throw new VoterNotFound({ election: election.slug, number })
  return voter
}

/** The valid token of a voter's own, in whichever round it was given. */
export async function heldToken(tx: ReadTransaction, family: TokenFamily, number: string) {
  return tx.db
    .selectFrom('token as t')
    .innerJoin('voter as holder', 'holder.id', 't.voter_id')
    .selectAll('t')
    .where('t.election_id', '=', family.root.id)
    .where('t.state', '=', 'issued')
    .where('t.proxy_id', 'is', null)
    .where('holder.number', '=', number)
    .executeTakeFirst()
}

/** Whether the roll's mark beside the name says so. */
export async function hasVoted(
  tx: ReadTransaction,
  voter: { id: number; election_id: number },
): Promise<boolean> {
  const mark = await tx.db
    .selectFrom('mark')
    .select('at')
    .where('election_id', '=', voter.election_id)
    .where('voter_id', '=', voter.id)
    .executeTakeFirst()
  return mark !== undefined
}
