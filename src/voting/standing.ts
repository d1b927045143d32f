import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { among } from '../among.ts'
import type { Election } from '../election/find-election.ts'
import { rightsOf } from '../election/rights.ts'
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
  /** Who casts it in the voter's stead; null for the voter. */
  readonly acting: { readonly proxyId: number; readonly number: string } | null
}

export type Standing =
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly refusal: BallotRefusal }
  | { readonly kind: 'entitled'; readonly right: VotingRight }

/** What a ballot says of itself. */
interface BallotClaim {
  readonly credential: string
  readonly trackingCode: string
  /** The most that the parts of one choice weigh together, in millionths of a vote, where they may not be too heavy. */
  readonly partsMicros?: bigint | undefined
}

/** How some ballots stand, one after the other. */
export interface Standings {
  of(ballot: BallotClaim): Standing
  /** The ballot goes into the box: those after it stand otherwise. */
  cast(ballot: BallotClaim, right: VotingRight): void
}

/**
 * Whether ballots may be cast, as far as the file knows: everything that can change from one moment to the
 * next. What is in the box already stays there, whatever became of its token since.
 * @param options.presence `not-asked` where the ballot is to be cast later, by who may be in the room then
 */
export async function readStandings(
  tx: ReadTransaction,
  election: Election,
  ballots: readonly BallotClaim[],
  { presence = 'asked' }: { presence?: 'asked' | 'not-asked' } = {},
): Promise<Standings> {
  const inBox = await knownCodes(tx, election, ballots)
  const holders = await holdersOf(tx, election, ballots)
  const voted = new Set<number>()
  for (const { voterId, ballotId } of holders.values()) {
    if (voterId !== null && ballotId !== null) voted.add(voterId)
  }
  const presenceRequired = presence === 'asked' && rightsOf(election).presenceRequired
  const ownIsGiven = isOwnLost(election)
  return {
    of: ({ credential, trackingCode, partsMicros }) => {
      if (inBox.has(trackingCode)) return { kind: 'already' }
      const holder = holders.get(credential)
      if (holder === undefined) return refused('unknown-credential')
      // Striking a voter revokes the token as well: the first reason is the one to tell.
      if (holder.struck) return refused('struck-voter')
      if (holder.state === 'revoked') return refused('revoked-token')
      if (holder.state === 'reserve') return refused('reserve-not-assigned')
      // A token of another round's voter who is not on the roll of this one.
      if (holder.voterId === null || holder.number === null) return refused('unknown-credential')
      if (holder.onPaper !== null) return refused('votes-on-paper')
      if (holder.expires_at !== null && holder.expires_at <= tx.now) return refused('expired-token')
      if (ownIsGiven && holder.proxyId === null && holder.given) return refused('vote-given-away')
      if (presenceRequired && !holder.present) return refused('not-present')
      if (partsMicros !== undefined && partsMicros > BigInt(holder.weight_micros!)) {
        return refused('parts-exceed-weight')
      }
      const recast = voted.has(holder.voterId)
      if (recast && election.recast === 'refuse') return refused('recast-not-allowed')
      const { tokenId, voterId, number, proxyId, acting } = holder
      const stead = proxyId === null ? null : { proxyId, number: acting! }
      return { kind: 'entitled', right: { tokenId, voterId, number, recast, acting: stead } }
    },
    cast: ({ trackingCode }, { voterId }) => {
      inBox.add(trackingCode)
      voted.add(voterId)
    },
  }
}

/** Whether who gave the vote away may not cast it any more. */
export function isOwnLost(election: Election): boolean {
  return rightsOf(election).forbidDelegatorToVote || election.visibility === 'secret'
}

function refused(code: Parameters<typeof ballotRefusal>[0]): Standing {
  return { kind: 'refused', refusal: ballotRefusal(code) }
}

async function knownCodes(
  tx: ReadTransaction,
  election: Election,
  ballots: readonly BallotClaim[],
): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('ballot')
    .select('tracking_code')
    .where('election_id', '=', election.id)
    .where('tracking_code', 'in', among(ballots.map(({ trackingCode }) => trackingCode)))
    .execute()
  return new Set(rows.map(({ tracking_code }) => tracking_code))
}

type Holder = Awaited<ReturnType<typeof holderRows>>[number]

async function holdersOf(
  tx: ReadTransaction,
  election: Election,
  ballots: readonly BallotClaim[],
): Promise<Map<string, Holder>> {
  const credentials = [...new Set(ballots.map(({ credential }) => credential))]
  const rows = await holderRows(tx, election, credentials)
  return new Map(rows.map((row) => [row.credential, row]))
}

function holderRows(tx: ReadTransaction, election: Election, credentials: readonly string[]) {
  return tx.db
    .selectFrom('token_credential as c')
    .innerJoin('token as t', 't.id', 'c.token_id')
    .leftJoin('voter as holder', 'holder.id', 't.voter_id')
    .leftJoin('voter as v', (join) =>
      join.onRef('v.number', '=', 'holder.number').on('v.election_id', '=', election.id),
    )
    .leftJoin('proxy as p', 'p.id', 't.proxy_id')
    .leftJoin('ballot as b', (join) =>
      join
        .onRef('b.voter_id', '=', 'v.id')
        .on('b.election_id', '=', election.id)
        // Written out: SQLite uses a partial index only where it can see the condition.
        .on('b.effective', '=', sql.lit(1)),
    )
    .leftJoin('mark as m', (join) =>
      join.onRef('m.voter_id', '=', 'v.id').on('m.election_id', '=', election.id),
    )
    .select([
      'c.credential',
      't.id as tokenId',
      't.state',
      't.expires_at',
      'v.id as voterId',
      'v.number',
      'b.id as ballotId',
      'v.weight_micros',
      'p.id as proxyId',
      'p.acting_number as acting',
      'm.paper_officer as onPaper',
      isStruck('v').as('struck'),
      isGiven('v', tx.now).as('given'),
      isPresent(election, sql.ref('p.acting_number'), sql.ref('v.number')).as('present'),
    ])
    .where('c.uuid', '=', election.uuid)
    .where('c.credential', 'in', among(credentials))
    .execute()
}

/** Whether the vote of this row's voter is given to another member. */
export function isGiven(voter: string, now: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from proxy given where given.voter_id = ${sql.ref(`${voter}.id`)}
    and given.revoked_at is null and (given.expires_at is null or given.expires_at > ${now}))`
}

/** Whether who casts the ballot is in the room. */
function isPresent(
  { organisation_id: organisationId }: Election,
  acting: RawBuilder<unknown>,
  own: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from member m join presence on presence.member_id = m.id
    where m.organisation_id = ${organisationId} and m.number = coalesce(${acting}, ${own}))`
}
