import { type Election, findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { reserveLabel } from './reserve.ts'
import { isStruck } from './struck.ts'
import { tokenFamily } from './token-family.ts'
import type { TokenState } from './token-state.ts'

/** Never the token. */
interface ListedToken {
  /** Of the voter. */
  number: string
  name: string
  state: TokenState
  /** ISO 8601, UTC. */
  issuedAt: string | null
  expiresAt: string | null
  /** Where it was of the reserve: `R-001`. */
  reserve: string | null
}

export interface TokenList {
  election: Election
  tokens: ListedToken[]
  /** Reserve tokens that nobody has yet, and how many there were. */
  reserve: { free: number; total: number }
}

/** Every voter of the roll, by number, with the state of the token. */
export async function listTokens(tx: ReadTransaction, slug: string | undefined): Promise<TokenList> {
  const election = await findElection(tx, slug)
  await requireVoters(tx, election, 'list its tokens')
  const family = await tokenFamily(tx, election)
  const held = new Map<string, Held>()
  for (const token of await tokensOf(tx, family.root.id)) {
    // A valid token is listed last, and so it is the one that stays.
    held.set(token.number, token)
  }
  const voters = await votersOf(tx, election)
  return {
    election,
    tokens: voters.map((voter) => listed(voter, held.get(voter.number), tx.now)),
    reserve: await countReserve(tx, family.root.id),
  }
}

type Held = Awaited<ReturnType<typeof tokensOf>>[number]
type Voter = Awaited<ReturnType<typeof votersOf>>[number]

function listed(voter: Voter, token: Held | undefined, now: string): ListedToken {
  const valid = token?.state === 'issued' ? token : undefined
  return {
    number: voter.number,
    name: voter.name,
    state: stateOf(voter, token, now),
    issuedAt: valid?.issued_at ?? null,
    expiresAt: valid?.expires_at ?? null,
    reserve: valid?.reserve_number == null ? null : reserveLabel(valid.reserve_number),
  }
}

function stateOf(voter: Voter, token: Held | undefined, now: string): TokenState {
  if (voter.votedAt !== null) return 'used'
  if (voter.struck) return 'struck'
  if (token === undefined) return 'none'
  if (token.state === 'revoked') return 'revoked'
  return token.expires_at !== null && token.expires_at <= now ? 'expired' : 'issued'
}

async function votersOf(tx: ReadTransaction, election: Election) {
  return tx.db
    .selectFrom('voter as v')
    .leftJoin('mark as m', (join) =>
      join.onRef('m.voter_id', '=', 'v.id').on('m.election_id', '=', election.id),
    )
    .select(['v.number', 'v.name', 'm.at as votedAt', isStruck('v').as('struck')])
    .where('v.election_id', '=', election.id)
    .orderBy('v.number')
    .execute()
}

async function tokensOf(tx: ReadTransaction, rootId: number) {
  return tx.db
    .selectFrom('token as t')
    .innerJoin('voter as holder', 'holder.id', 't.voter_id')
    .select(['holder.number', 't.state', 't.issued_at', 't.expires_at', 't.reserve_number'])
    .where('t.election_id', '=', rootId)
    .orderBy((order) => order.case().when('t.state', '=', 'issued').then(1).else(0).end())
    .orderBy('t.id')
    .execute()
}

async function countReserve(tx: ReadTransaction, rootId: number): Promise<{ free: number; total: number }> {
  const rows = await tx.db
    .selectFrom('token')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('election_id', '=', rootId)
    .where('reserve_number', 'is not', null)
    .groupBy('state')
    .execute()
  const free = rows.find(({ state }) => state === 'reserve')?.count ?? 0
  return { free, total: rows.reduce((sum, row) => sum + row.count, 0) }
}
