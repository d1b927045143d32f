import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import type { Signing } from '../organisation/signing.ts'
import { certifiedContest } from './certificate.ts'
import {
  type Certificate,
  type CertificateSignature,
  certificateSchema,
  signedText,
} from './certificate-schema.ts'
import { CertificateInvalid } from './incident-refusals.ts'

/** What a verification found in the archive. */
interface Verified {
  readonly archiveHash: string
  readonly complete: boolean
  readonly contests: readonly Parameters<typeof certifiedContest>[0][] | null
}

/**
 * Whether a certificate is what its officers signed, and says what the archive says. Whose keys they are, whoever asks
 * compares with the officers.
 * @returns the signatures, all of which are good
 * @throws CertificateInvalid, InputUnreadable
 */
export async function verifyCertificate(
  signing: Signing,
  path: string,
  archive: Verified,
): Promise<readonly CertificateSignature[]> {
  const { certificate, signatures } = parse(path, await readTextInput(path))
  for (const each of signatures) {
    const { publicKey, signature, officer } = each
    const text = signedText(certificate, each)
    if (!signing.verify({ purpose: 'certificate', text }, { publicKey, signature })) {
      throw new CertificateInvalid(`${path} is not what ${officer} signed.`, { path, officer, publicKey })
    }
  }
  if (certificate.archiveHash !== archive.archiveHash) {
    throw new CertificateInvalid(`${path} is the certificate of another archive.`, {
      ...{ path, certified: certificate.archiveHash, archive: archive.archiveHash },
    })
  }
  const counted = archive.contests?.map(certifiedContest)
  const differs = certificate.contests.find(
    (contest, index) => JSON.stringify(contest) !== JSON.stringify(counted?.[index]),
  )
  if (counted === undefined || counted.length !== certificate.contests.length || differs !== undefined) {
    throw new CertificateInvalid(
      `${path} says something else of "${differs?.title ?? 'the result'}" than the archive.`,
      { path },
      'Where a tie was decided by lot, or names were written in, give --seed and --write-in as they were published.',
    )
  }
  return signatures
}

function parse(path: string, text: string): Certificate {
  const certificate = certificateSchema.safeParse(jsonOf(text))
  if (certificate.success) return certificate.data
  throw new CertificateInvalid(`${path} is no certificate of urna, or was changed.`, { path })
}
