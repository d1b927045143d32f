import { findElection, requireStatus } from '../election/find-election.ts'
import { inputBytes } from '../interchange/read-input.ts'
import { openBallotEnvelope } from '../sealing/ballot.ts'
import type { BoardHead } from '../sealing/board.ts'
import { readBoard } from '../sealing/board-reader.ts'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { boardHead } from './board-records.ts'
import { ArchiveInvalid, BallotNotOnBoard } from './refusals.ts'

/** What everybody may see of an election: never a name, never a time. */
export interface PublicBoard {
  title: string
  uuid: string
  /** Of the election, in unpadded Base64. */
  fingerprint: string
  head: BoardHead
  /** Sealed ballots in the order in which they came in. */
  ballots: BoardBallot[]
}

interface BoardBallot {
  trackingCode: string
  /** False where a later ballot of the same voter took its place. */
  counts: boolean
}

/** The board of an election in the file. @throws WrongState before the election opened */
export async function boardOfElection(
  tx: ReadTransaction,
  group: Group,
  slug: string | undefined,
): Promise<PublicBoard & { slug: string }> {
  const election = await findElection(tx, slug)
  if (election.sealed_json === null) {
    requireStatus(election, {
      deed: 'show its board',
      allowed: [],
      hint: `See what it still needs: urna doctor`,
    })
  }
  const sealed = parseElection(group, election.sealed_json!)
  if ('refused' in sealed) throw new Error('the public election in the file is unreadable')
  const ballots = await tx.db
    .selectFrom('ballot')
    .select(['tracking_code', 'effective'])
    .where('election_id', '=', election.id)
    .orderBy('board_position')
    .execute()
  return {
    slug: election.slug,
    ...titleOf(sealed),
    head: await boardHead(tx, election.id),
    ballots: ballots.map((ballot) => ({
      trackingCode: ballot.tracking_code,
      counts: ballot.effective === 1,
    })),
  }
}

/**
 * The board of a public archive. Its chain of events is checked, and no proof: that is what `urna verify` does.
 * @throws InputUnreadable, ArchiveInvalid
 */
export async function boardOfArchive(group: Group, path: string): Promise<PublicBoard> {
  let sealed: SealedElection | undefined
  let head: BoardHead | undefined
  const ballots: BoardBallot[] = []
  const lastOf = new Map<string, BoardBallot>()
  for await (const piece of readBoard(group, inputBytes(path))) {
    if (piece.kind === 'refused') throw new ArchiveInvalid(path, piece)
    const { entry } = piece
    head = { hash: entry.hash, height: entry.height }
    if (entry.type === 'Setup') sealed = parsed(group, path, entry.election.body)
    if (entry.type !== 'Ballot' || sealed === undefined) continue
    const envelope = openBallotEnvelope(group, sealed, entry.ballot.body)
    if ('refused' in envelope) {
      throw new ArchiveInvalid(path, { file: `${entry.ballot.hash}.data.json`, reason: envelope.refused })
    }
    const ballot = { trackingCode: envelope.trackingCode, counts: true }
    const earlier = lastOf.get(envelope.credential)
    if (earlier !== undefined) earlier.counts = false
    lastOf.set(envelope.credential, ballot)
    ballots.push(ballot)
  }
  if (sealed === undefined || head === undefined) {
    throw new ArchiveInvalid(path, { file: 'BELENIOS', reason: 'nothing follows it' })
  }
  return { ...titleOf(sealed), head, ballots }
}

/** @throws BallotNotOnBoard */
export function findOnBoard(board: PublicBoard, trackingCode: string): BoardBallot {
  const code = trackingCode.trim()
  const ballot = board.ballots.find((each) => each.trackingCode === code)
  if (ballot === undefined) throw new BallotNotOnBoard(code)
  return ballot
}

function titleOf({ parameters, fingerprint }: SealedElection) {
  return { title: parameters.name, uuid: parameters.uuid, fingerprint }
}

function parsed(group: Group, path: string, json: string): SealedElection {
  const sealed = parseElection(group, json)
  if ('refused' in sealed) {
    throw new ArchiveInvalid(path, { file: 'the election', reason: sealed.refused.code })
  }
  return sealed
}
