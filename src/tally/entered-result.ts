import { z } from 'zod'
import type { Election } from '../election/find-election.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { parseDecimal } from '../tabulation/decimal.ts'
import { clearElectionOf } from './clear-records.ts'
import { countableEntries } from './entered-contests.ts'
import type { CountableContest } from './opened-box.ts'
import { BoardDamaged } from './refusals.ts'

/** Votes with up to six decimal places, as the weights of voters have them. */
export const enteredFigure = z.string().refine((text) => (parseDecimal(text)?.places ?? 7) <= 6)

const enteredContest = z.strictObject({
  /** By position of the option. */
  votes: z.array(enteredFigure),
  blank: enteredFigure,
  invalid: enteredFigure,
  /** All that are valid, blank ones included. */
  ballots: enteredFigure,
})

/** A result as an officer typed it in. */
export const enteredResultSchema = z.strictObject({
  /** How many may vote, where that was told. */
  voters: z.int().nonnegative().nullable(),
  /** How many have voted, where that was told. */
  voted: z.int().nonnegative().nullable(),
  contests: z.array(enteredContest),
})

export type EnteredResult = z.infer<typeof enteredResultSchema>

/** With who typed it in, and when (ISO 8601 in UTC). */
export interface StoredResult extends EnteredResult {
  readonly officer: string
  readonly at: string
}

/** @returns undefined where nothing was typed in */
export async function readEnteredResult(
  tx: ReadTransaction,
  election: Pick<Election, 'id'>,
): Promise<StoredResult | undefined> {
  const row = await tx.db
    .selectFrom('entered_result')
    .select(['body', 'officer', 'at'])
    .where('election_id', '=', election.id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { body, officer, at } = row
  return { ...enteredResultSchema.parse(JSON.parse(body)), officer, at }
}

/** The contests of a manual election with the figures that were typed in. @throws BoardDamaged */
export async function readEnteredContests(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<CountableContest[]> {
  const entered = await readEnteredResult(tx, election)
  if (entered === undefined) throw new BoardDamaged('no result was typed in')
  return countableEntries(clearElectionOf(group, election).parameters.contests, entered)
}
