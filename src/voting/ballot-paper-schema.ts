import * as z from 'zod/mini'
import { secrecySchema } from '../election/secrecy.ts'

/** Beside the name of an option; all of it is written by the election office, and none of it is sealed. */
const paperOptionSchema = z.object({
  name: z.string(),
  statement: z.string(),
  party: z.nullable(z.string()),
  symbol: z.nullable(z.string()),
  /** The address of the photo on this server. */
  photo: z.nullable(z.string()),
})

const paperContestSchema = z.object({
  /** From 1, in the order of the ballot. */
  position: z.int(),
  title: z.string(),
  description: z.string(),
  options: z.array(paperOptionSchema),
})

/**
 * The ballot paper of an election: what a voter's browser needs to seal a ballot, and the same for everybody.
 * Before the opening there are no contests, and no election.
 */
export const ballotPaperSchema = z.object({
  slug: z.string(),
  status: z.enum(['draft', 'open', 'paused', 'closed', 'tallied', 'certified', 'archived', 'cancelled']),
  title: z.string(),
  description: z.string(),
  /** The zone of its clocks, such as Europe/Madrid. */
  zone: z.string(),
  opensAt: z.nullable(z.string()),
  closesAt: z.nullable(z.string()),
  recast: z.enum(['last-counts', 'refuse']),
  /** How the one-time code comes that a ballot must have beside it. */
  code: z.enum(['none', 'email', 'sms']),
  /** The exact text of the public election, to which every ballot is bound. */
  election: z.nullable(z.string()),
  /** SHA-256 of that text, in unpadded Base64. */
  fingerprint: z.nullable(z.string()),
  /** What will be known of who voted how. */
  secrecy: secrecySchema,
  /** In bytes, of the published list of credentials; 0 before the opening. */
  credentialListSize: z.int(),
  contests: z.array(paperContestSchema),
})

export type BallotPaper = z.infer<typeof ballotPaperSchema>
export type PaperContest = z.infer<typeof paperContestSchema>
export type PaperOption = z.infer<typeof paperOptionSchema>

/** A sealed ballot on its way to the box. */
export const voteSchema = z.strictObject({
  ballot: z.string().check(z.minLength(1)),
  code: z.optional(z.string().check(z.regex(/^[0-9]{6}$/))),
})

export const receiptSchema = z.object({
  /** `already`: the very same ballot is in the box since before. */
  outcome: z.enum(['accepted', 'recast', 'already']),
  trackingCode: z.string(),
})

export type Receipt = z.infer<typeof receiptSchema>

/** What a voter signs with the token to have a one-time code sent. */
export const challengeSchema = z.object({ challenge: z.string(), expiresAt: z.string() })

export const codeRequestSchema = z.strictObject({
  /** The public half of the token. */
  credential: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  challenge: z.string().check(z.maxLength(500)),
  signature: z.string().check(z.maxLength(500)),
  /** Of the message with the code. */
  language: z.enum(['en', 'es', 'fr']),
})

export type CodeRequest = z.infer<typeof codeRequestSchema>

/** The same for everybody who asks: whether a code was sent is for the voter to see. */
export const codeReplySchema = z.object({ status: z.literal('on-its-way-if-entitled') })
