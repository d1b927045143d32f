import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Action } from '../organisation/roles.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { Election } from './find-election.ts'
import { storedCounts } from './stored-counts.ts'

/** What can need a second officer. */
export const approvedDeeds = ['close', 'publish', 'certify', 'purge'] as const
export type ApprovedDeed = (typeof approvedDeeds)[number]

/** Whoever may do it may ask for it, and may approve that another does. */
export const actionOfDeed: Readonly<Record<ApprovedDeed, Action>> = {
  close: 'election:close',
  publish: 'election:publish',
  certify: 'election:certify',
  purge: 'election:certify',
}

/** Exactly what is approved. */
export const subjectSchema = z.strictObject({
  deed: z.enum(approvedDeeds),
  /** Its uuid. */
  election: z.string(),
  /** Where the board stood; null where there is none. */
  board: z.strictObject({ position: z.int(), hash: z.string() }).nullable(),
  /** SHA-256 of the counts of all contests; null before the count. */
  result: z.string().nullable(),
  /** The moment for which it is done, ISO 8601 in UTC; null for now. */
  at: z.string().nullable(),
})

export type ApprovalSubject = z.infer<typeof subjectSchema>

export interface WantedDeed {
  readonly deed: ApprovedDeed
  /** ISO 8601 in UTC; null for now. */
  readonly at: string | null
}

export async function subjectOf(
  tx: ReadTransaction,
  election: Election,
  { deed, at }: WantedDeed,
): Promise<ApprovalSubject> {
  const last = await tx.db
    .selectFrom('board_record')
    .select(['position', 'hash'])
    .where('election_id', '=', election.id)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { deed, election: election.uuid, board: last ?? null, result: await resultHash(tx, election), at }
}

/**
 * Whether what was approved is what would be done now. An open board grows with every ballot: for a close it is enough
 * that the board as it was approved is the beginning of what it is. Everything else wants the very same.
 */
export async function isStillSubject(
  tx: ReadTransaction,
  election: Election,
  { approved, wanted }: { approved: ApprovalSubject; wanted: WantedDeed },
): Promise<boolean> {
  const now = await subjectOf(tx, election, wanted)
  if (approved.deed !== 'close' || approved.board === null) return same(approved, now)
  const then = await tx.db
    .selectFrom('board_record')
    .select(['position', 'hash'])
    .where('election_id', '=', election.id)
    .where('position', '=', approved.board.position)
    .executeTakeFirst()
  return same(approved, { ...now, board: then ?? null })
}

function same(one: ApprovalSubject, other: ApprovalSubject): boolean {
  const text = (subject: ApprovalSubject) => JSON.stringify(subjectSchema.parse(subject))
  return text(one) === text(other)
}

async function resultHash(tx: ReadTransaction, election: Election): Promise<string | null> {
  const counts = await storedCounts(tx, election)
  if (counts.length === 0) return null
  const hash = createHash('sha256')
  for (const { body } of counts) hash.update(body).update('\n')
  return hash.digest('hex')
}
