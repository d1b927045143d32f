import { z } from 'zod'
import { paperRecordSchema } from '../voting/paper/paper-schema.ts'
import { approvalOutput } from './approval-outputs.ts'

const count = z.int().nonnegative()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What may have happened to an outcome; `no-result` before the count. */
export const effects = ['none', 'could', 'not-excluded', 'no-result'] as const

const incident = z.strictObject({
  number: z.int().positive(),
  kind: z.string(),
  /** ISO 8601 in UTC, as all moments here. */
  at: z.string(),
  text: z.string(),
  contest: z.string().nullable(),
  affected: count,
  affectedKind: z.enum(['ballots', 'voters']),
  effect: z.enum(effects),
  resolution: z.string().nullable(),
})

/** What officers sign. Its text is `JSON.stringify` of exactly this, in this order of fields. */
export const certificateBodySchema = z.strictObject({
  election: z.strictObject({
    slug: z.string(),
    uuid: z.string(),
    title: z.string(),
    organisation: z.string(),
    openedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    talliedAt: z.string().nullable(),
    certifiedAt: z.string(),
    zone: z.string(),
  }),
  contests: z.array(
    z.strictObject({
      title: z.string(),
      method: z.string(),
      seats: count,
      winners: z.array(z.string()),
      outcome: z.string(),
      /** The same for people. */
      sentence: z.string(),
      /** How each tie ended, in a sentence. */
      ties: z.array(z.string()),
      /** Of the last round, in the order of the ballot. */
      votes: z.array(z.strictObject({ option: z.string(), votes: z.string() })),
    }),
  ),
  reconciliation: z.strictObject({
    rights: count.describe('Voters on the roll, those struck off it left out.'),
    marks: count.describe('Voters who are marked as having voted.'),
    ballots: count.describe('Ballots in the box.'),
    recasts: count.describe('Of them, replaced by a later one of the same voter.'),
    counted: count,
    contests: z.array(
      z.strictObject({
        title: z.string(),
        cast: z.string().describe('Votes of all voters whose ballots count, by weight.'),
        valid: z.string(),
        blank: z.string(),
        invalid: z.string(),
      }),
    ),
    differences: z.array(
      z.strictObject({ id: z.string(), sentence: z.string(), explainedBy: z.int().positive() }),
    ),
  }),
  paper: paperRecordSchema
    .exactOptional()
    .describe('Batch by batch, where papers are counted: with them and the archive anybody counts again.'),
  incidents: z.array(incident),
  approvals: z.array(approvalOutput),
  secrecy: z.string(),
  rollFingerprint: z.string().nullable(),
  archiveHash: hash,
  boardHead: z.string().nullable(),
  auditHead: hash.describe('Of the audit log, before the certification was written into it.'),
  software: z.string(),
})

export const signatureSchema = z.strictObject({
  officer: z.string(),
  role: z.string(),
  at: z.string(),
  publicKey: hash,
  signature: z.string(),
})

/** The file beside the PDF. */
export const certificateSchema = z.strictObject({
  format: z.literal('urna-certificate'),
  version: z.literal(1),
  certificate: certificateBodySchema,
  signatures: z.array(signatureSchema).min(1),
})

export type CertificateBody = z.infer<typeof certificateBodySchema>
export type CertificateSignature = z.infer<typeof signatureSchema>
export type Certificate = z.infer<typeof certificateSchema>

/** What the file holds. */
export function certificateText(certificate: Certificate): string {
  return `${JSON.stringify(certificate, null, 2)}\n`
}

/** What one officer signs: the certificate, and who signs it when. */
export function signedText(
  body: CertificateBody,
  signer: Pick<CertificateSignature, 'officer' | 'role' | 'at'>,
): string {
  const { officer, role, at } = signer
  return JSON.stringify([certificateBodySchema.parse(body), officer, role, at])
}
