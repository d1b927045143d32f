import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { type ApprovingParty, decisionText, proveOfficer, requestText } from './approval-proof.ts'
import { ApprovalNotFound, ApprovalRefused } from './approval-refusals.ts'
import { type ApprovedDeed, subjectOf, subjectSchema } from './approval-subject.ts'
import { findElection } from './find-election.ts'
import { deedsOfTwo } from './require-approval.ts'
import { requireMoment } from './require-moment.ts'

/** In milliseconds: what was agreed on longer ago has to be asked for again. */
const lifetime = 7 * 86_400_000

export interface Approval {
  approval: number
  election: string
  deed: ApprovedDeed
  /** The moment for which it is, ISO 8601 in UTC; null for now. */
  at: string | null
  /** SHA-256 of the last record of the board as it was; null where there is none. */
  board: string | null
  state: 'requested' | 'granted' | 'refused' | 'used' | 'expired'
  requestedBy: string
  requestedAt: string
  expiresAt: string
  decidedBy: string | null
  decidedAt: string | null
  reason: string | null
  usedAt: string | null
}

/**
 * Asks another officer to approve a deed, exactly as the election stands now.
 * @param input.at as people write it, in the election's zone; undefined for now
 * @throws ApprovalRefused where it needs none, OfficerKeyUnknown, NotAllowed, TimeInvalid
 */
export async function requestApproval(
  work: UnitOfWork,
  input: {
    election: string | undefined
    deed: ApprovedDeed
    at?: string | undefined
    party: ApprovingParty
  },
): Promise<Approval> {
  const { deed, party } = input
  return work.write('request approval', async (tx) => {
    const election = await findElection(tx, input.election)
    if (!(await deedsOfTwo(tx, election)).includes(deed)) {
      throw new ApprovalRefused(
        `To ${deed} ${election.slug} needs no second officer.`,
        { election: election.slug, deed },
        `Let it need one with: urna organisation edit --two-officers ${deed}`,
      )
    }
    const at = input.at === undefined ? null : requireMoment(input.at, election.zone)
    const subject = JSON.stringify(await subjectOf(tx, election, { deed, at }))
    const text = requestText({ subject, requestedAt: tx.now })
    const about = { election, deed, purpose: 'approval request' as const, text }
    const { officer, proof } = await proveOfficer(tx, party, about)
    const { id } = await tx.db
      .insertInto('approval')
      .values({
        ...{ election_id: election.id, deed, subject, requested_by: officer.id, requested_at: tx.now },
        expires_at: new Date(Date.parse(tx.now) + lifetime).toISOString(),
        request_proof: JSON.stringify(proof),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const details = { approval: id, deed, at, by: officer.name, proof: proof.by }
    await tx.record({ action: 'approval-requested', election: election.slug, details })
    return (await readApprovals(tx, { id }))[0]!
  })
}

/**
 * Grants or refuses what another officer asked for.
 * @throws ApprovalNotFound, ApprovalRefused, OfficerKeyUnknown, NotAllowed
 */
export async function decideApproval(
  work: UnitOfWork,
  input: {
    approval: number
    /** Only where it is of that election. */
    election?: string | undefined
    verdict: 'granted' | 'refused'
    reason?: string | undefined
    party: ApprovingParty
  },
): Promise<Approval> {
  const { approval: id, verdict, reason, party } = input
  return work.write('decide approval', async (tx) => {
    const row = await tx.db
      .selectFrom('approval')
      .innerJoin('election', 'election.id', 'approval.election_id')
      .selectAll('approval')
      .select('election.slug')
      .where('approval.id', '=', id)
      .executeTakeFirst()
    if (row === undefined || (input.election !== undefined && row.slug !== input.election)) {
      throw new ApprovalNotFound(id)
    }
    if (row.state !== 'requested') {
      throw new ApprovalRefused(`Request ${id} is decided: it was ${row.state}.`, { approval: id })
    }
    if (row.expires_at <= tx.now) {
      throw new ApprovalRefused(
        `Request ${id} expired on ${row.expires_at.slice(0, 10)}.`,
        { approval: id },
        'Whoever asked has to ask again: urna approval request',
      )
    }
    const election = await findElection(tx, row.slug)
    const { deed, subject, requested_at: requestedAt, request_proof: requestProof } = row
    const text = decisionText({ subject, requestedAt, requestProof, verdict, decidedAt: tx.now })
    const about = { election, deed, purpose: 'approval decision' as const, text }
    const { officer, proof } = await proveOfficer(tx, party, about)
    if (officer.id === row.requested_by) {
      throw new ApprovalRefused(
        `${officer.name} asked for it: another officer has to decide.`,
        { approval: id },
        'Two officers, each with a key of their own: urna officer register',
      )
    }
    await tx.db
      .updateTable('approval')
      .set({
        ...{ state: verdict, decided_by: officer.id, decided_at: tx.now, reason: reason ?? null },
        decision_proof: JSON.stringify(proof),
      })
      .where('id', '=', id)
      .execute()
    const action = verdict === 'granted' ? 'approval-granted' : 'approval-refused'
    const details = { approval: id, deed, by: officer.name, proof: proof.by, ...(reason && { reason }) }
    await tx.record({ action, election: election.slug, details })
    return (await readApprovals(tx, { id }))[0]!
  })
}

/** The requests of an election, or of all, the latest first. @throws ElectionNotFound */
export async function listApprovals(work: UnitOfWork, election: string | undefined): Promise<Approval[]> {
  return work.read(async (tx) =>
    readApprovals(tx, election === undefined ? {} : { election: (await findElection(tx, election)).slug }),
  )
}

export async function readApprovals(
  tx: ReadTransaction,
  wanted: { id?: number; election?: string },
): Promise<Approval[]> {
  const rows = await tx.db
    .selectFrom('approval')
    .innerJoin('election', 'election.id', 'approval.election_id')
    .innerJoin('officer as asker', 'asker.id', 'approval.requested_by')
    .leftJoin('officer as decider', 'decider.id', 'approval.decided_by')
    .selectAll('approval')
    .select(['election.slug', 'asker.name as asker', 'decider.name as decider'])
    .$if(wanted.id !== undefined, (query) => query.where('approval.id', '=', wanted.id!))
    .$if(wanted.election !== undefined, (query) => query.where('election.slug', '=', wanted.election!))
    .orderBy('approval.id', 'desc')
    .execute()
  return rows.map((row) => {
    const { at, board } = subjectSchema.parse(JSON.parse(row.subject))
    const undone = row.state === 'requested' || row.state === 'granted'
    return {
      ...{ approval: row.id, election: row.slug, deed: row.deed, at, board: board?.hash ?? null },
      state: undone && row.expires_at <= tx.now ? ('expired' as const) : row.state,
      ...{ requestedBy: row.asker, requestedAt: row.requested_at, expiresAt: row.expires_at },
      ...{ decidedBy: row.decider, decidedAt: row.decided_at, reason: row.reason, usedAt: row.used_at },
    }
  })
}
