import { sql } from 'kysely'
import { among } from '../among.ts'
import type { AuditEvent } from '../audit/entry.ts'
import { type Election, findElection } from '../election/find-election.ts'
import { type BoardHead, type BoardStep, ballotRecords } from '../sealing/board.ts'
import type { Group } from '../sealing/group.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import type { BallotBox } from './ballot-box.ts'
import type { OpenedBallot } from './ballot-form.ts'
import { type BallotRefusalCode, ballotRefusal } from './ballot-refusal.ts'
import { appendBoardRecords, boardHead } from './board-records.ts'
import { type Candidate, judge, refusedWith, standingsOf, type Verdict } from './candidates.ts'
import type { VotingRight } from './standing.ts'

/** A ballot that goes into the box in this transaction. */
interface Cast {
  readonly envelope: OpenedBallot
  readonly right: VotingRight
}

/**
 * Looks at a ballot that would go in, in the transaction that casts it.
 * @returns why it is refused, or undefined
 */
export type BallotCheck = (
  tx: WriteTransaction,
  ballot: { election: Election; right: VotingRight; code: string | undefined },
) => Promise<BallotRefusalCode | undefined>

/**
 * Judges verified ballots by what the file says now, and puts into the box those that may: each right once, in
 * their order. All rows of a kind are written at once: a statement for many costs little more than for one.
 * @param options.check what else a voter must bring; ballots that an officer takes in need nothing, as the officer
 *   vouches for them
 * @returns what became of each, in order, once the transaction is committed
 */
export async function castBallots(
  tx: WriteTransaction,
  options: { group: Group; box: BallotBox; candidates: readonly Candidate[]; check?: BallotCheck },
): Promise<readonly Verdict[]> {
  const { group, box, candidates, check } = options
  const election = await findElection(tx, box.election.slug)
  const standings = await standingsOf(tx, election, candidates)
  const casts: Cast[] = []
  const events: AuditEvent[] = []
  const verdicts: Verdict[] = []
  for (const { envelope, judged, code, origin, file } of candidates) {
    let judgement = judged ?? judge(tx, { election, standings, envelope: envelope! })
    if ('right' in judgement) {
      const wanting = await check?.(tx, { election, right: judgement.right, code })
      if (wanting !== undefined) judgement = refusedWith(ballotRefusal(wanting))
    }
    if ('right' in judgement) {
      const { right } = judgement
      standings.cast(envelope!, right)
      casts.push({ envelope: envelope!, right })
      events.push({
        action: 'ballot-accepted',
        election: election.slug,
        details: { recast: right.recast },
        personal: {
          voter: right.number,
          ...(right.acting !== null && { acting: right.acting.number }),
          ...origin,
        },
      })
      verdicts.push({ outcome: right.recast ? 'recast' : 'accepted', trackingCode: envelope!.trackingCode })
      continue
    }
    if (judgement.outcome === 'refused' && file !== undefined) {
      const details = { code: judgement.code, file }
      events.push({ action: 'ballot-refused', election: election.slug, details })
    }
    verdicts.push(judgement)
  }
  if (casts.length > 0) {
    await supersede(tx, election, casts)
    await putIntoBox(tx, { election, casts, position: await putOnBoard(tx, { group, election, casts }) })
  }
  await tx.recordAll(events)
  return verdicts
}

async function supersede(tx: WriteTransaction, election: Election, casts: readonly Cast[]): Promise<void> {
  const again = casts.filter(({ right }) => right.recast).map(({ right }) => right.voterId)
  if (again.length === 0) return
  await tx.db
    .updateTable('ballot')
    .set({ effective: 0 })
    .where('election_id', '=', election.id)
    .where('voter_id', 'in', among(again))
    .where('effective', '=', sql.lit(1))
    .execute()
}

/** @returns the position of the first sealed ballot; each is followed by its event */
async function putOnBoard(
  tx: WriteTransaction,
  { group, election, casts }: { group: Group; election: Election; casts: readonly Cast[] },
): Promise<number> {
  let head: BoardHead = await boardHead(tx, election.id)
  const records: BoardStep['records'][number][] = []
  for (const { envelope } of casts) {
    const step = ballotRecords(group, head, envelope.json)
    records.push(...step.records)
    head = step.head
  }
  const last = await appendBoardRecords(tx, election.id, records)
  return last - records.length + 1
}

async function putIntoBox(
  tx: WriteTransaction,
  { election, casts, position }: { election: Election; casts: readonly Cast[]; position: number },
): Promise<void> {
  const lastOf = new Map(casts.map(({ envelope, right }) => [right.voterId, envelope]))
  await tx.insertAll(
    'ballot',
    casts.map(({ envelope, right: { voterId, tokenId } }, index) => ({
      election_id: election.id,
      voter_id: voterId,
      token_id: tokenId,
      tracking_code: envelope.trackingCode,
      board_position: position + 2 * index,
      effective: lastOf.get(voterId) === envelope ? 1 : 0,
    })),
  )
  // Whoever votes again has the mark already.
  const first = casts.filter(({ right }) => !right.recast)
  await tx.insertAll(
    'mark',
    first.map(({ right }) => ({ election_id: election.id, voter_id: right.voterId, at: tx.now })),
  )
}
