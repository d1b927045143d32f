import { z } from 'zod'
import type { OfficerSigner } from '../organisation/officer-key-file.ts'
import { type ActingOfficer, officerOfKey } from '../organisation/officer-keys.ts'
import { NotAllowed } from '../organisation/refusals.ts'
import { type Actor, requireMay, requireWithin, roleMay } from '../organisation/roles.ts'
import type { Purpose, Signing } from '../organisation/signing.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type ApprovedDeed, actionOfDeed } from './approval-subject.ts'
import { unitsOfElection } from './election-unit.ts'
import type { Election } from './find-election.ts'

/** By what it is known that it was this officer: a signature, or the API key with which a server was asked. */
export const proofSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('signature'), publicKey: z.string(), signature: z.string() }),
  z.strictObject({ by: z.literal('key'), name: z.string() }),
])

export type ApprovalProof = z.infer<typeof proofSchema>

/** Who asks, or decides: whoever holds a signing key, or whom a server has let in. */
export type ApprovingParty =
  | { readonly by: 'signature'; readonly signer: OfficerSigner }
  | { readonly by: 'key'; readonly actor: Actor }

/**
 * The officer behind it, who may do the deed, with the proof for the record.
 * @throws OfficerKeyUnknown, NotAllowed
 */
export async function proveOfficer(
  tx: ReadTransaction,
  party: ApprovingParty,
  about: { election: Election; deed: ApprovedDeed; purpose: Purpose; text: string },
): Promise<{ officer: ActingOfficer; proof: ApprovalProof }> {
  const { election, deed, purpose, text } = about
  const action = actionOfDeed[deed]
  const units = await unitsOfElection(tx, election)
  if (party.by === 'key') {
    const { actor } = party
    requireMay(actor, action, election.organisation_id)
    requireWithin(actor, action, units)
    const officer = { id: actor.officerId, name: actor.name, role: actor.role, unitId: actor.unitId }
    return { officer, proof: { by: 'key', name: actor.name } }
  }
  const { signer } = party
  const officer = await officerOfKey(tx, election.organisation_id, signer.publicKey)
  const { name: actor, role } = officer
  if (!roleMay(role, action)) throw new NotAllowed({ actor, role, action, reason: 'role' })
  requireWithin(officer, action, units)
  const signature = signer.sign({ purpose, text })
  return { officer, proof: { by: 'signature', publicKey: signer.publicKey, signature } }
}

/** Whether a signature that is on record is one of that officer, so that nobody can write an approval into the file. */
export async function proofHolds(
  tx: ReadTransaction,
  signing: Signing,
  {
    proof,
    officerId,
    purpose,
    text,
  }: { proof: ApprovalProof; officerId: number; purpose: Purpose; text: string },
): Promise<boolean> {
  if (proof.by === 'key') return true
  const { publicKey, signature } = proof
  const key = await tx.db
    .selectFrom('officer_key')
    .select('officer_id')
    .where('public_key', '=', publicKey)
    .executeTakeFirst()
  return key?.officer_id === officerId && signing.verify({ purpose, text }, { publicKey, signature })
}

export function requestText(request: { subject: string; requestedAt: string }): string {
  return JSON.stringify([JSON.parse(request.subject), request.requestedAt])
}

export function decisionText(decision: {
  subject: string
  requestedAt: string
  /** Of the request, as it is stored. */
  requestProof: string
  verdict: 'granted' | 'refused'
  decidedAt: string
}): string {
  const { subject, requestedAt, requestProof, verdict, decidedAt } = decision
  return JSON.stringify([JSON.parse(subject), requestedAt, JSON.parse(requestProof), verdict, decidedAt])
}
