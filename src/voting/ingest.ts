import { createHash } from 'node:crypto'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { type BallotEnvelope, openBallotEnvelope } from '../sealing/ballot.ts'
import { type BoardHead, ballotRecords } from '../sealing/board.ts'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import {
  type BallotRefusal,
  type BallotRefusalCode,
  ballotRefusal,
  sealedBallotRefusal,
  timeRefusal,
} from './ballot-refusal.ts'
import { appendBoardRecords, boardHead } from './board-records.ts'
import { standingOf, type VotingRight } from './standing.ts'
import type { BallotVerifier } from './verify-ballots.ts'

/** A ballot as it came in. */
export type OfferedBallot =
  | {
      readonly name: string
      readonly json: string
      /** The one-time code that came with it, for `IngestDeps.check`. */
      readonly code?: string | undefined
    }
  | { readonly name: string; readonly fault: 'unreadable' | 'too-large' | 'not-text' }

/** What became of it. Only what is in the box for good is called accepted. */
export type IngestedBallot =
  | {
      readonly name: string
      readonly outcome: 'accepted' | 'recast' | 'already'
      readonly trackingCode: string
    }
  | ({ readonly name: string; readonly outcome: 'refused' } & BallotRefusal)

export interface IngestDeps {
  work: UnitOfWork
  group: Group
  verify: BallotVerifier
  /** What else the voter must bring. Ballots that an officer takes in need nothing: the officer vouches for them. */
  check?: BallotCheck
}

/**
 * Looks at a ballot that would go in, in the transaction that casts it.
 * @returns why it is refused, or undefined
 */
export type BallotCheck = (
  tx: WriteTransaction,
  ballot: { election: Election; right: VotingRight; code: string | undefined },
) => Promise<BallotRefusalCode | undefined>

/** Ballots that are verified together and then written in one transaction. */
const batchSize = 64
/** Bytes after which a batch is full, whatever its size. */
const batchBytes = 8 * 1024 * 1024

/** What ballots are put into. */
export interface BallotBox {
  readonly election: Election
  readonly sealed: SealedElection
}

/** @throws ElectionNotFound, ElectionAmbiguous, WrongState before the election opened */
export async function findBallotBox(
  { work, group }: Pick<IngestDeps, 'work' | 'group'>,
  slug: string | undefined,
): Promise<BallotBox> {
  const election = await work.read((tx) => findElection(tx, slug))
  return { election, sealed: sealedElectionOf(group, election) }
}

/**
 * Puts sealed ballots into the box, each right once, in the order in which they come: of several on one
 * right the last counts, where the election allows it. Each batch is given out only after it is on the disk.
 *
 * Proofs are verified outside the transaction, as they take long; all that can change meanwhile (the
 * election, the token, the roll, the box) is looked at again inside.
 */
export async function* ingestBallots(
  deps: IngestDeps,
  box: BallotBox,
  ballots: AsyncIterable<OfferedBallot> | Iterable<OfferedBallot>,
): AsyncGenerator<readonly IngestedBallot[]> {
  let batch: OfferedBallot[] = []
  let bytes = 0
  for await (const offered of ballots) {
    batch.push(offered)
    bytes += 'json' in offered ? offered.json.length : 0
    if (batch.length === batchSize || bytes >= batchBytes) {
      yield await ingestBatch(deps, box, batch)
      batch = []
      bytes = 0
    }
  }
  if (batch.length > 0) yield await ingestBatch(deps, box, batch)
}

/** A ballot on its way in: judged, or still entitled to go on. */
interface Candidate {
  readonly name: string
  readonly envelope?: BallotEnvelope
  readonly code?: string | undefined
  judged?: IngestedBallot
}

async function ingestBatch(
  { work, group, verify, check }: IngestDeps,
  box: BallotBox,
  offered: readonly OfferedBallot[],
): Promise<readonly IngestedBallot[]> {
  const candidates = offered.map((ballot) => openEnvelope(group, box, ballot))
  // Spares the proofs of ballots that can't go in anyway, and of those that are in already.
  await work.read(async (tx) => {
    const election = await findElection(tx, box.election.slug)
    for (const candidate of unjudged(candidates)) await judge(tx, election, candidate)
  })
  await judgeProofs(verify, box, unjudged(candidates))
  if (candidates.every(({ judged }) => judged?.outcome === 'already')) {
    return candidates.map(({ judged }) => judged!)
  }
  return work.write('ingest ballots', (tx) => castAll(tx, { group, box, candidates, check }))
}

function unjudged(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ judged }) => judged === undefined)
}

function openEnvelope(group: Group, { sealed }: BallotBox, offered: OfferedBallot): Candidate {
  const { name } = offered
  if ('fault' in offered) return { name, judged: refused(name, ballotRefusal(offered.fault)) }
  const envelope = openBallotEnvelope(group, sealed, offered.json)
  if (!('refused' in envelope)) return { name, envelope, code: offered.code }
  return { name, judged: refused(name, sealedBallotRefusal(envelope, titlesOf(sealed))) }
}

/** @returns the right to cast it on, unless it is judged otherwise */
async function judge(
  tx: ReadTransaction,
  election: Election,
  candidate: Candidate,
): Promise<VotingRight | undefined> {
  const { name, envelope } = candidate
  const { trackingCode } = envelope!
  const standing = await standingOf(tx, election, envelope!)
  const unavailable = timeRefusal(election, tx.now)
  if (standing.kind === 'already') candidate.judged = { name, outcome: 'already', trackingCode }
  else if (unavailable !== undefined) candidate.judged = refused(name, unavailable)
  else if (standing.kind === 'refused') candidate.judged = refused(name, standing.refusal)
  else return standing.right
  return undefined
}

async function judgeProofs(
  verify: BallotVerifier,
  { sealed }: BallotBox,
  candidates: readonly Candidate[],
): Promise<void> {
  const faults = await verify(
    sealed,
    candidates.map(({ envelope }) => envelope!.json),
  )
  for (const [index, candidate] of candidates.entries()) {
    const fault = faults[index]
    if (fault === undefined) continue
    candidate.judged = refused(candidate.name, sealedBallotRefusal(fault, titlesOf(sealed)))
  }
}

async function castAll(
  tx: WriteTransaction,
  {
    group,
    box,
    candidates,
    check,
  }: {
    group: Group
    box: BallotBox
    candidates: readonly Candidate[]
    check: BallotCheck | undefined
  },
): Promise<readonly IngestedBallot[]> {
  const election = await findElection(tx, box.election.slug)
  let head = await boardHead(tx, election.id)
  for (const candidate of candidates) {
    const right = candidate.judged === undefined ? await judge(tx, election, candidate) : undefined
    const { name, envelope, code } = candidate
    const wanting = right === undefined ? undefined : await check?.(tx, { election, right, code })
    if (wanting !== undefined) candidate.judged = refused(name, ballotRefusal(wanting))
    else if (right !== undefined) {
      head = await cast(tx, { group, election, head, envelope: envelope!, right })
      const outcome = right.recast ? 'recast' : 'accepted'
      candidate.judged = { name, outcome, trackingCode: envelope!.trackingCode }
    }
    if (candidate.judged?.outcome === 'refused') await recordRefusal(tx, election, candidate.judged)
  }
  return candidates.map(({ judged }) => judged!)
}

/** @returns the new head of the board */
async function cast(
  tx: WriteTransaction,
  {
    group,
    election,
    head,
    envelope,
    right,
  }: { group: Group; election: Election; head: BoardHead; envelope: BallotEnvelope; right: VotingRight },
): Promise<BoardHead> {
  const { voterId, tokenId } = right
  if (right.recast) {
    await tx.db
      .updateTable('ballot')
      .set({ effective: 0 })
      .where('election_id', '=', election.id)
      .where('voter_id', '=', voterId)
      .where('effective', '=', 1)
      .execute()
  }
  const step = ballotRecords(group, head, envelope.json)
  const eventPosition = await appendBoardRecords(tx, election.id, step.records)
  await tx.db
    .insertInto('ballot')
    .values({
      election_id: election.id,
      voter_id: voterId,
      token_id: tokenId,
      tracking_code: envelope.trackingCode,
      // The event comes right after the ballot that it names.
      board_position: eventPosition - 1,
      effective: 1,
    })
    .execute()
  await tx.db
    .insertInto('mark')
    .values({ election_id: election.id, voter_id: voterId, at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.record({
    action: 'ballot-accepted',
    election: election.slug,
    details: { voter: right.number, recast: right.recast },
  })
  return step.head
}

/** A file is often named after its voter, and a refused ballot is nobody's: the name is kept as a hash. */
async function recordRefusal(
  tx: WriteTransaction,
  election: Election,
  { name, code }: { name: string; code: string },
): Promise<void> {
  const file = createHash('sha256').update(name).digest('hex')
  await tx.record({ action: 'ballot-refused', election: election.slug, details: { code, file } })
}

function refused(name: string, refusal: BallotRefusal): IngestedBallot {
  return { name, outcome: 'refused', ...refusal }
}

function titlesOf({ parameters }: SealedElection): string[] {
  return parameters.questions.map((question) => question.value.question)
}

function sealedElectionOf(group: Group, election: Election): SealedElection {
  requireStatus(election, {
    deed: 'take ballots',
    allowed: ['open', 'paused', 'closed', 'tallied', 'certified', 'archived', 'cancelled'],
    hint: `Open it first with: urna election open ${election.slug}`,
  })
  // A draft that was cancelled never had a public election.
  if (election.sealed_json === null) requireStatus(election, { deed: 'take ballots', allowed: [] })
  const sealed = parseElection(group, election.sealed_json!)
  if ('refused' in sealed) throw new Error(`the public election in the file is unreadable`)
  return sealed
}
