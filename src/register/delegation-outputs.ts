import { z } from 'zod'

const person = z.strictObject({ number: z.string(), name: z.string() })

/** A vote that was given, as commands print it. Moments are ISO 8601 in UTC. */
export const gaveVoteOutput = z.strictObject({
  /** Null for every election of the organisation. */
  election: z.string().nullable(),
  represented: person,
  acting: person,
  expiresAt: z.string().nullable(),
  /** False if it was given so already. */
  changed: z.boolean(),
  /** While the election is open: the line of the file of tokens that the acting member votes with. */
  reserve: z.string().nullable(),
})

export type GaveVoteOutput = z.infer<typeof gaveVoteOutput>

const listedDelegationOutput = z.strictObject({
  election: z.string().nullable(),
  represented: person,
  acting: person,
  reason: z.string(),
  expiresAt: z.string().nullable(),
  officer: z.string(),
  at: z.string(),
  /** Whether it was given while the election was open. */
  corrected: z.boolean(),
  revoked: z.strictObject({ at: z.string(), officer: z.string(), reason: z.string() }).nullable(),
})

export const delegationListOutput = z.strictObject({ delegations: z.array(listedDelegationOutput) })

export const tookVoteBackOutput = z.strictObject({
  /** Null for every election of the organisation. */
  election: z.string().nullable(),
  represented: z.string(),
  acting: z.string(),
  /** Whether the voter needs a token now: in a secret election there was only the one that was given away. */
  tokenNeeded: z.boolean(),
})
