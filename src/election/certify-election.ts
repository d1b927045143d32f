import { PassThrough } from 'node:stream'
import { verifyAuditLog } from '../audit/verify-log.ts'
import type { OfficerSigner } from '../organisation/officer-key-file.ts'
import { sha256Hex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import { verifyArchive } from '../sealing/verification.ts'
import type { VerificationReport } from '../sealing/verification-report.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { resultDocumentOf } from '../tally/read-result.ts'
import { VerificationFailed } from '../tally/refusals.ts'
import { verifyClearArchive } from '../tally/verify-clear-archive.ts'
import { writeArchive } from '../tally/write-archive.ts'
import { clearArchiveText } from '../tally/write-clear-archive.ts'
import { certificateBody, readCertificate, signCertificate } from './certificate.ts'
import type { Certificate } from './certificate-schema.ts'
import { type Election, findElection } from './find-election.ts'
import { readElection } from './read-election.ts'
import { RehearsalNotCertified } from './refusals.ts'
import { requireApproval } from './require-approval.ts'
import { mayTake, takeStep } from './take-step.ts'

export interface CertifiedElection {
  slug: string
  /** False where it was certified already. */
  changed: boolean
  /** False where this key had signed it already. */
  signed: boolean
  certificate: Certificate
  certifiedAt: string
  /** SHA-256 of the whole public archive, hex; undefined where it was certified already. */
  archiveHash?: string
  /** Hash of the last entry of the audit log. */
  auditHead: string
}

/**
 * Certifies a tallied election, after verifying the audit log and the whole public archive as a stranger would, and signs
 * the certificate. Of one that is certified already, another officer signs the same certificate.
 * @throws NotCertifiable, ApprovalNeeded, OfficerKeyUnknown, RehearsalNotCertified, WrongState, AuditLogBroken, VerificationFailed
 */
export async function certifyElection(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
  by: { signer: OfficerSigner; software: string },
): Promise<CertifiedElection> {
  const election = await readElection(work, slug)
  if (election.rehearsal === 1) throw new RehearsalNotCertified({ election: election.slug })
  const due = mayTake(election, 'certify')
  const report = due ? await verifyWholly(work, group, election) : undefined
  if (report !== undefined) {
    const { archiveHash, head, ballots } = report
    const { head: auditHead } = await verifyAuditLog(work)
    await work.write('certify election', async (tx) => {
      const current = await findElection(tx, election.slug)
      await requireApproval(tx, current, { deed: 'certify', at: null })
      const result = await resultDocumentOf(tx, group, current)
      const body = await certificateBody(tx, current, { result, report, auditHead, software: by.software })
      const details = { archiveHash, boardHead: head, ballots }
      await takeStep(tx, current, { step: 'certify', details })
      const values = { election_id: current.id, body: JSON.stringify(body), created_at: tx.now }
      await tx.db.insertInto('certificate').values(values).execute()
      await signCertificate(tx, current, by.signer)
    })
  }
  const signed =
    due ||
    (await work.write('sign certificate', async (tx) =>
      signCertificate(tx, await findElection(tx, election.slug), by.signer),
    ))
  const certificate = await work.read(async (tx) =>
    readCertificate(tx, await findElection(tx, election.slug)),
  )
  const { certified_at: certifiedAt } = await readElection(work, election.slug)
  const { head: auditHead } = await verifyAuditLog(work)
  return {
    slug: election.slug,
    changed: due,
    signed,
    certificate,
    certifiedAt: certifiedAt ?? '',
    ...(report !== undefined && { archiveHash: report.archiveHash }),
    auditHead,
  }
}

async function verifyWholly(work: UnitOfWork, group: Group, election: Election): Promise<VerificationReport> {
  await verifyAuditLog(work)
  const report = await work.read(async (tx) => {
    if (election.visibility !== 'secret') return verifyClear(tx, group, election)
    const archive = new PassThrough()
    const writing = writeArchive(tx, election, (bytes) => written(archive, bytes)).then(
      () => archive.end(),
      (error: Error) => archive.destroy(error),
    )
    const read = await verifyArchive(group, archive)
    // A verification that fails stops reading, and the writer must not wait for it.
    archive.destroy()
    await writing
    return read
  })
  const failed = report.checks.find(({ outcome }) => outcome === 'failed')
  if (failed !== undefined) throw new VerificationFailed(`The archive of ${election.slug}`, failed)
  return report
}

async function verifyClear(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<VerificationReport> {
  const text = await clearArchiveText(tx, election)
  const archiveHash = sha256Hex(group, text)
  const { slug: name } = election
  return verifyClearArchive(group, { name, text, archiveHash, seed: undefined, writeIns: [] }).report
}

/** Waits until there is room for more, or nobody reads any more. */
async function written(stream: PassThrough, bytes: Uint8Array): Promise<void> {
  if (stream.destroyed || stream.write(bytes)) return
  await new Promise<void>((resume) => {
    stream.once('drain', resume)
    stream.once('close', resume)
  })
}
