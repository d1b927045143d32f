import { z } from 'zod'
import type { CeremonyRound } from '../../election/trustee-group.ts'
import { readTextInput } from '../../interchange/read-input.ts'
import { jsonOf } from '../../json-of.ts'
import { sha256Hex } from '../../sealing/encoding.ts'
import type { Group } from '../../sealing/group.ts'
import { trusteeNameSchema } from '../key-file.ts'
import { CeremonyRefused } from './refusals.ts'

/** Every file that goes to and fro is JSON, has no secret that is not sealed for its reader, and says what it is of. */

const election = z.strictObject({ uuid: z.string(), title: z.string() })
const count = z.int().positive()

/** From the officer to all trustees of the group: what the round is about, the same file for everybody. */
const roundSchema = z.strictObject({
  kind: z.literal('urna-ceremony-round'),
  election,
  ceremony: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14}$/),
  round: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  threshold: count,
  trustees: z.array(trusteeNameSchema).min(1),
  /** From the second round on, in the order of the trustees. */
  certificates: z.array(z.string()).optional(),
  /** In the third round: what is for each of them. */
  inputs: z.array(z.string()).optional(),
})

/** From the officer to all trustees, once every key is there: to be checked, and rehearsed with. */
const listSchema = z.strictObject({
  kind: z.literal('urna-trustees'),
  election,
  /** As the archive will have them. */
  trustees: z.string(),
  names: z.array(z.string()),
})

/** From a trustee of the group to the officer. */
const answerSchema = z.strictObject({
  kind: z.literal('urna-ceremony-answer'),
  election: z.string(),
  ceremony: z.string(),
  asked: z.enum(['certificate', 'shares', 'public_key']),
  /** In the group, from 1. */
  place: count,
  name: trusteeNameSchema,
  /** The canonical JSON of the protocol. */
  payload: z.string(),
  signature: z.string(),
})

/** From a trustee to the officer: the test ciphertext, decrypted. */
const rehearsalSchema = z.strictObject({
  kind: z.literal('urna-rehearsal'),
  election: z.string(),
  name: z.string(),
  publicKey: z.string(),
  payload: z.string(),
})

export type CeremonyRoundMessage = z.infer<typeof roundSchema>
export type TrusteeListMessage = z.infer<typeof listSchema>
export type CeremonyAnswer = z.infer<typeof answerSchema>
export type RehearsalAnswer = z.infer<typeof rehearsalSchema>

const fromOfficer = z.discriminatedUnion('kind', [roundSchema, listSchema])
/** What a trustee sends before the opening. */
export const trusteeAnswerSchema = z.discriminatedUnion('kind', [answerSchema, rehearsalSchema])

/** @throws InputUnreadable, CeremonyRefused */
export async function readOfficerMessage(file: string): Promise<CeremonyRoundMessage | TrusteeListMessage> {
  return parseOfficerMessage(file, await readTextInput(file))
}

/** @param source where the text comes from, for sentences. @throws CeremonyRefused */
export function parseOfficerMessage(source: string, text: string): CeremonyRoundMessage | TrusteeListMessage {
  const json = jsonOf(text)
  const message = fromOfficer.safeParse(json)
  if (message.success) return message.data
  const isInvitation = z.object({ kind: z.literal('urna-trustee-invitation') }).safeParse(json).success
  throw new CeremonyRefused({
    ...{ file: source, reason: 'it is not what urna trustee message writes' },
    hint: isInvitation
      ? `It is an invitation to work through a server: urna trustee work ${source}`
      : 'Give the file that the election officer sent, as it came.',
  })
}

/** What a trustee sends; undefined if it is something else. */
export function trusteeAnswerOf(content: unknown): CeremonyAnswer | RehearsalAnswer | undefined {
  const answer = trusteeAnswerSchema.safeParse(content)
  return answer.success ? answer.data : undefined
}

/** What a trustee signs, so that nobody answers in another's name. */
export function answerStatement(
  group: Group,
  { ceremony, asked, place, payload }: Pick<CeremonyAnswer, 'ceremony' | 'asked' | 'place' | 'payload'>,
): string {
  return `urna-ceremony|${ceremony}|${asked}|${place}|${sha256Hex(group, payload)}`
}

/**
 * By which trustees tell one another, over the telephone, that they have all seen the same certificates: 32 digits in
 * groups of four.
 */
export function certificatesFingerprint(group: Group, certificates: readonly string[]): string {
  return sha256Hex(group, certificates.join('\n'))
    .slice(0, 32)
    .replace(/(.{4})(?=.)/g, '$1 ')
}

/** How people call what a round asks for. */
export const answerNames: Readonly<Record<CeremonyRound, string>> = {
  certificate: 'certificate',
  shares: 'shares',
  public_key: 'public key',
}
