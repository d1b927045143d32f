import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import type { Signing } from '../organisation/signing.ts'
import type { PaperTally } from '../voting/paper/paper-schema.ts'
import { papersIn, talliesOf } from '../voting/paper/paper-tally.ts'
import { certifiedContest } from './certificate.ts'
import {
  type Certificate,
  type CertificateBody,
  type CertificateSignature,
  certificateSchema,
  signedText,
} from './certificate-schema.ts'
import { CertificateInvalid } from './incident-refusals.ts'

/** What a verification found in the archive. */
interface Verified {
  readonly archiveHash: string
  readonly election: { readonly uuid: string } | null
  readonly head: string | null
  readonly contests: readonly Parameters<typeof certifiedContest>[0][] | null
}

/** A check of a certificate that does not hold. */
export interface CertificateFault {
  readonly check: 'signature' | 'signers' | 'archive' | 'election' | 'head' | 'contests'
  /** Goes on after the name of the file. */
  readonly reason: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly hint?: string
}

/**
 * Whether a certificate is what its officers signed, and says what the archive says. Whose keys they are, whoever asks
 * compares with the officers.
 * @returns the signatures, all of which are good
 * @throws CertificateInvalid
 */
export function verifyCertificate(
  signing: Signing,
  path: string,
  { archive, ...certificate }: Certificate & { archive: Verified },
): readonly CertificateSignature[] {
  const [fault] = certificateFaults(signing, certificate, archive)
  if (fault === undefined) return certificate.signatures
  const { check, reason, details, hint } = fault
  throw new CertificateInvalid(`${path} ${reason}.`, { path, check, ...details }, hint)
}

/** All that does not hold, each check for itself. */
export function certificateFaults(
  signing: Signing,
  { certificate, signatures }: Certificate,
  archive: Verified,
): CertificateFault[] {
  const faults: CertificateFault[] = []
  for (const each of signatures) {
    const { publicKey, signature, officer } = each
    const text = signedText(certificate, each)
    if (signing.verify({ purpose: 'certificate', text }, { publicKey, signature })) continue
    const details = { officer, publicKey }
    faults.push({ check: 'signature', reason: `is not what ${officer} signed`, details })
  }
  const keys = signatures.map(({ publicKey }) => publicKey)
  const twice = signatures.find(({ publicKey }, index) => keys.indexOf(publicKey) < index)
  if (twice !== undefined) {
    const { officer, publicKey } = twice
    const details = { officer, publicKey }
    faults.push({ check: 'signers', reason: `has two signatures with the key of ${officer}`, details })
  }
  if (certificate.archiveHash !== archive.archiveHash) {
    const details = { certified: certificate.archiveHash, archive: archive.archiveHash }
    faults.push({ check: 'archive', reason: 'is the certificate of another archive', details })
  }
  if (certificate.election.uuid !== archive.election?.uuid) {
    faults.push({ check: 'election', reason: 'names another election than the archive' })
  }
  if (certificate.boardHead !== archive.head) {
    faults.push({ check: 'head', reason: 'names another head of the board than the archive has' })
  }
  return [...faults, ...contestFaults(certificate, archive)]
}

function contestFaults({ contests }: Certificate['certificate'], archive: Verified): CertificateFault[] {
  const counted = archive.contests?.map(certifiedContest)
  const differs = contests.find(
    (contest, index) => JSON.stringify(contest) !== JSON.stringify(counted?.[index]),
  )
  if (counted?.length === contests.length && differs === undefined) return []
  return [
    {
      check: 'contests',
      reason: `says something else of "${differs?.title ?? 'the result'}" than the archive`,
      hint: 'Where a tie was decided by lot, or names were written in, give --seed and --write-in as they were published.',
    },
  ]
}

/** @throws CertificateInvalid, InputUnreadable */
export async function readCertificateFile(path: string): Promise<Certificate> {
  const certificate = certificateSchema.safeParse(jsonOf(await readTextInput(path)))
  if (certificate.success) return certificate.data
  throw new CertificateInvalid(`${path} is no certificate of urna, or was changed.`, { path })
}

/**
 * The papers of each contest together, as a certificate has them batch by batch.
 * @returns undefined where there are none
 * @throws CertificateInvalid where a batch has another number of papers than its contests
 */
export function certifiedPapers(
  path: string,
  { paper, contests }: CertificateBody,
): PaperTally[] | undefined {
  if (paper === undefined) return undefined
  for (const { number, papers, contests: tallies } of paper.batches) {
    if (tallies.length === contests.length && tallies.every((tally) => papersIn(tally) === papers)) continue
    throw new CertificateInvalid(`In ${path}, the papers of batch ${number} do not add up.`, {
      path,
      batch: number,
    })
  }
  return talliesOf(paper)
}
