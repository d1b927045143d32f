import { type Election, findPublicElection } from '../election/find-election.ts'
import { fingerprintOf } from '../election/fingerprint.ts'
import { type Secrecy, secrecyOfElection } from '../election/secrecy.ts'
import type { BoardHead } from '../sealing/board.ts'
import type { ElectionStatus, ReadTransaction } from '../store/unit-of-work.ts'
import { BallotNotOnBoard } from '../voting/refusals.ts'
import { publicExtent } from './public-archive.ts'
import { archiveName } from './write-archive.ts'

/** What everybody may see of an election's ballots, a page at a time: never a name, never a time. */
export interface BoardPage {
  election: string
  title: string
  uuid: string
  status: ElectionStatus
  publishedAt: string | null
  /** IANA name of the time zone in which its times are told. */
  zone: string
  /** Of the public election: SHA-256 in unpadded Base64. */
  fingerprint: string
  head: BoardHead
  /** Name of the file of the archive; null while it is not public. */
  archive: string | null
  /** What is known of who voted how; that it is sealed, but not by how many. */
  secrecy: Secrecy['kind']
  /** In the order in which they came in. */
  list: ListedBallot[]
  /** `after` of the next page; null where this is the last. */
  next: number | null
}

export interface ListedBallot {
  trackingCode: string
  /** False where a later ballot of the same voter took its place. */
  counts: boolean
}

/** @throws ElectionNotFound */
export async function readBoardPage(
  tx: ReadTransaction,
  slug: string,
  { after, limit }: { after: number; limit: number },
): Promise<BoardPage> {
  const election = await findPublicElection(tx, slug)
  // Ballots that were made anonymous are on the board no more, and in an order that chance made.
  const place = election.anonymised_at === null ? 'board_position' : 'id'
  const rows = await tx.db
    .selectFrom('ballot')
    .select([`${place} as place`, 'tracking_code', 'effective'])
    .where('election_id', '=', election.id)
    .where(place, '>', after)
    .orderBy(place)
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const { title, uuid, status, zone, sealed_json, published_at: publishedAt } = election
  const { head } = await publicExtent(tx, election)
  const isSealed = election.visibility === 'secret'
  return {
    ...{ election: slug, title, uuid, status, publishedAt, zone },
    fingerprint: fingerprintOf(sealed_json),
    head: { hash: head.hash, height: head.height },
    archive: isSealed || election.published_at !== null ? archiveName(election) : null,
    secrecy: secrecyOfElection(election, null).kind,
    list: shown.map(listed),
    next: rows.length > limit ? shown.at(-1)!.place : null,
  }
}

/** @throws ElectionNotFound, BallotNotOnBoard */
export async function findListedBallot(
  tx: ReadTransaction,
  slug: string,
  trackingCode: string,
): Promise<ListedBallot> {
  const election = await findPublicElection(tx, slug)
  const code = trackingCode.trim()
  const row = await tx.db
    .selectFrom('ballot')
    .select(['tracking_code', 'effective'])
    .where('election_id', '=', election.id)
    .where('tracking_code', '=', code)
    .executeTakeFirst()
  if (row === undefined) throw new BallotNotOnBoard(code)
  return listed(row)
}

/** How many sealed ballots there are, and how many of them count. */
export async function countBallots(
  tx: ReadTransaction,
  { id }: Pick<Election, 'id'>,
): Promise<{ ballots: number; counting: number }> {
  const { ballots, counting } = await tx.db
    .selectFrom('ballot')
    .where('election_id', '=', id)
    .select(({ fn }) => [
      fn.countAll<number>().as('ballots'),
      fn.sum<number | null>('effective').as('counting'),
    ])
    .executeTakeFirstOrThrow()
  return { ballots, counting: counting ?? 0 }
}

function listed({ tracking_code, effective }: { tracking_code: string; effective: 0 | 1 }): ListedBallot {
  return { trackingCode: tracking_code, counts: effective === 1 }
}
