import { z } from 'zod'
import { loadSigning } from '../organisation/signing.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { decisionText, proofHolds, proofSchema, requestText } from './approval-proof.ts'
import { ApprovalNeeded } from './approval-refusals.ts'
import {
  type ApprovedDeed,
  approvedDeeds,
  isStillSubject,
  subjectSchema,
  type WantedDeed,
} from './approval-subject.ts'
import type { Election } from './find-election.ts'

const deedsSchema = z.array(z.enum(approvedDeeds))

/** What needs a second officer in an election: what its organisation says now, and what was fixed at its opening. */
export async function deedsOfTwo(
  tx: ReadTransaction,
  election: Pick<Election, 'organisation_id' | 'two_officers'>,
): Promise<ApprovedDeed[]> {
  const { two_officers } = await tx.db
    .selectFrom('organisation')
    .select('two_officers')
    .where('id', '=', election.organisation_id)
    .executeTakeFirstOrThrow()
  const named = new Set([...deedsOfText(two_officers), ...deedsOfText(election.two_officers)])
  return approvedDeeds.filter((deed) => named.has(deed))
}

export function deedsOfText(json: string): ApprovedDeed[] {
  return deedsSchema.parse(JSON.parse(json))
}

/**
 * The one place that every deed of an officer passes which may need a second one, in the transaction that does it, by
 * whichever way it was asked for. It uses the approval up. What happens by the announced schedule passes no such
 * place: it is no deed of an officer, and the schedule itself was one.
 * @throws ApprovalNeeded
 */
export async function requireApproval(
  tx: WriteTransaction,
  election: Election,
  wanted: WantedDeed,
): Promise<void> {
  if (!(await deedsOfTwo(tx, election)).includes(wanted.deed)) return
  const rows = await tx.db
    .selectFrom('approval')
    .innerJoin('officer', 'officer.id', 'approval.decided_by')
    .selectAll('approval')
    .select('officer.name as grantor')
    .where('approval.election_id', '=', election.id)
    .where('deed', '=', wanted.deed)
    .where('state', '=', 'granted')
    .where('expires_at', '>', tx.now)
    .where('officer.removed_at', 'is', null)
    .orderBy('approval.id')
    .execute()
  for (const row of rows) {
    const approved = subjectSchema.parse(JSON.parse(row.subject))
    if (!(await isStillSubject(tx, election, { approved, wanted })) || !(await isProved(tx, row))) continue
    await tx.db
      .updateTable('approval')
      .set({ state: 'used', used_at: tx.now })
      .where('id', '=', row.id)
      .where('state', '=', 'granted')
      .execute()
    const details = { approval: row.id, deed: wanted.deed, grantedBy: row.grantor }
    await tx.record({ action: 'approval-used', election: election.slug, details })
    return
  }
  const waiting = await tx.db
    .selectFrom('approval')
    .select('id')
    .where('election_id', '=', election.id)
    .where('deed', '=', wanted.deed)
    .where('state', '=', 'requested')
    .where('expires_at', '>', tx.now)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  throw new ApprovalNeeded({ election: election.slug, wanted, waiting: waiting?.id })
}

interface Granted {
  subject: string
  requested_by: number
  requested_at: string
  request_proof: string
  decided_by: number | null
  decided_at: string | null
  decision_proof: string | null
}

async function isProved(tx: ReadTransaction, row: Granted): Promise<boolean> {
  const { subject, requested_at: requestedAt, request_proof: requestProof, decided_at: decidedAt } = row
  if (row.decided_by === null || decidedAt === null || row.decision_proof === null) return false
  const signing = await loadSigning()
  const asked = await proofHolds(tx, signing, {
    proof: proofSchema.parse(JSON.parse(requestProof)),
    officerId: row.requested_by,
    purpose: 'approval request',
    text: requestText({ subject, requestedAt }),
  })
  const decision = { subject, requestedAt, requestProof, verdict: 'granted' as const, decidedAt }
  return (
    asked &&
    proofHolds(tx, signing, {
      proof: proofSchema.parse(JSON.parse(row.decision_proof)),
      officerId: row.decided_by,
      purpose: 'approval decision',
      text: decisionText(decision),
    })
  )
}
