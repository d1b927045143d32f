import * as z from 'zod/mini'
import { jsonOf } from '../json-of.ts'
import { type BoardHead, ballotRecords, endBallots, setupRecords } from '../sealing/board.ts'
import type { Group } from '../sealing/group.ts'
import { anonymousBoxSchema } from './anonymous-box.ts'

export const clearArchiveFormat = 'urna-clear-archive'

const listed = z.strictObject({
  trackingCode: z.string(),
  /** False where a later ballot of the same voter took its place. */
  counts: z.boolean(),
})

/** A number of votes, with up to six places. */
const votes = z.string().check(z.regex(/^\d{1,30}(?:\.\d{1,6})?$/))

const entered = z.strictObject({
  officer: z.string(),
  /** ISO 8601 in UTC. */
  at: z.string(),
  voters: z.nullable(z.int()),
  voted: z.nullable(z.int()),
  contests: z.array(
    z.strictObject({
      votes: z.array(votes),
      ...{ blank: votes, invalid: votes, ballots: votes },
    }),
  ),
})

/** What was voted, and how far anyone can check it. */
const boxSchema = z.discriminatedUnion('kind', [
  /** Each ballot as the voter signed it, in the order in which they came in. */
  z.strictObject({
    kind: z.literal('signed'),
    ballots: z.array(z.string()),
    /** Credentials of members who cast the votes of others: one right has both, and one ballot of it counts. */
    proxies: z.exactOptional(z.array(z.strictObject({ credential: z.string(), represents: z.string() }))),
  }),
  /** Whose ballots they are nobody knows any more: the choices, and the tracking codes apart from them. */
  z.strictObject({
    kind: z.literal('anonymous'),
    ballots: z.array(listed),
    ...anonymousBoxSchema.shape,
  }),
  /** There were no ballots. */
  z.strictObject({ kind: z.literal('entered'), result: entered }),
])

/**
 * The public archive of an election whose ballots are not sealed: one JSON text, made after the close. (Those of
 * sealed elections are in the format of Belenios, which has no ballots in the clear.)
 */
export const clearArchiveSchema = z.strictObject({
  format: z.literal(clearArchiveFormat),
  version: z.literal(1),
  /** The exact text of the public election. */
  election: z.string(),
  /** The exact text of the list of credentials, with the weight of each where they differ. */
  credentials: z.string(),
  box: boxSchema,
  /** What people decided in the count, so that it comes out the same. */
  decisions: z.strictObject({
    seed: z.nullable(z.string()),
    writeIns: z.array(z.strictObject({ spelling: z.string(), to: z.nullable(z.string()) })),
  }),
  /** The names of the winners of each contest; null before the count. */
  result: z.nullable(
    z.array(
      z.strictObject({
        title: z.string(),
        outcome: z.enum(['decided', 'tied', 'runoff']),
        winners: z.array(z.string()),
      }),
    ),
  ),
})

export type ClearArchive = z.infer<typeof clearArchiveSchema>

/** The head that the board has: it chains the very texts of the archive. */
export function headOfClear(group: Group, { election, credentials, box }: ClearArchive): BoardHead {
  let { head } = setupRecords(group, { election, trustees: '[]', credentials })
  for (const ballot of box.kind === 'signed' ? box.ballots : []) {
    head = ballotRecords(group, head, ballot).head
  }
  return endBallots(group, head).head
}

/** Whether a file that begins so is such an archive; one of a sealed election begins with the name of a file. */
export function beginsClear(bytes: Uint8Array): boolean {
  return bytes[0] === '{'.charCodeAt(0)
}

/** @returns undefined for what is none */
export function parseClearArchive(text: string): ClearArchive | undefined {
  return clearArchiveSchema.safeParse(jsonOf(text)).data
}
