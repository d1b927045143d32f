import { type ClearElection, parseClearElection } from '../election/clear-election.ts'
import { findElection, requireStatus } from '../election/find-election.ts'
import { fingerprintOf } from '../election/fingerprint.ts'
import { inputBytes, readTextInput } from '../interchange/read-input.ts'
import { openBallotEnvelope } from '../sealing/ballot.ts'
import type { BoardHead } from '../sealing/board.ts'
import { readBoard } from '../sealing/board-reader.ts'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { beginsClear, type ClearArchive, headOfClear, parseClearArchive } from '../tally/clear-archive.ts'
import { boardHead } from './board-records.ts'
import { openClearBallot } from './clear-ballot.ts'
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
  const ballots = await tx.db
    .selectFrom('ballot')
    .select(['tracking_code', 'effective'])
    .where('election_id', '=', election.id)
    .orderBy('id')
    .execute()
  return {
    slug: election.slug,
    ...{ title: election.title, uuid: election.uuid, fingerprint: fingerprintOf(election.sealed_json!) },
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
  if (await isClear(path)) return boardOfClearArchive(group, path)
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

async function isClear(path: string): Promise<boolean> {
  for await (const chunk of inputBytes(path)) return beginsClear(chunk)
  return false
}

/** Ballots in the clear by their tracking codes: what they say is for `urna verify` to count. */
async function boardOfClearArchive(group: Group, path: string): Promise<PublicBoard> {
  const archive = parseClearArchive(await readTextInput(path))
  if (archive === undefined) throw new ArchiveInvalid(path, { file: 'the archive', reason: 'wrong-shape' })
  const election = parseClearElection(group, archive.election)
  if ('refused' in election)
    throw new ArchiveInvalid(path, { file: 'the election', reason: election.refused })
  const { fingerprint, parameters } = election
  return {
    ...{ title: parameters.name, uuid: parameters.uuid, fingerprint },
    head: headOfClear(group, archive),
    ballots: clearBallots(group, path, { election, box: archive.box }),
  }
}

function clearBallots(
  group: Group,
  path: string,
  { election, box }: { election: ClearElection; box: ClearArchive['box'] },
): BoardBallot[] {
  if (box.kind === 'anonymous') return box.ballots
  const ballots: BoardBallot[] = []
  const lastOf = new Map<string, BoardBallot>()
  for (const [index, json] of (box.kind === 'signed' ? box.ballots : []).entries()) {
    const ballot = openClearBallot(group, election, json)
    if ('refused' in ballot) {
      throw new ArchiveInvalid(path, { file: `ballot ${index + 1}`, reason: ballot.refused })
    }
    const shown = { trackingCode: ballot.trackingCode, counts: true }
    const earlier = lastOf.get(ballot.credential)
    if (earlier !== undefined) earlier.counts = false
    lastOf.set(ballot.credential, shown)
    ballots.push(shown)
  }
  return ballots
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
