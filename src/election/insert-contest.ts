import type { WriteTransaction } from '../store/unit-of-work.ts'
import {
  type ContestDraft,
  contestColumns,
  contestFaults,
  type OptionDraft,
  optionColumns,
} from './contest-draft.ts'
import type { Contest } from './contests.ts'
import { ContestInvalid } from './refusals.ts'
import { folded } from './spelling.ts'

/** @param position on the ballot, from 1. @throws ContestInvalid */
export async function insertContest(
  tx: WriteTransaction,
  { electionId, position, draft }: { electionId: number; position: number; draft: ContestDraft },
): Promise<void> {
  await requireSound(tx, { electionId, draft })
  const { id } = await tx.db
    .insertInto('contest')
    .values({ election_id: electionId, position, ...contestColumns(draft) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertOptions(tx, { contestId: id, after: 0, options: draft.options })
}

/** Puts a contest of a draft in the place of what it was; its number stays. @throws ContestInvalid */
export async function rewriteContest(
  tx: WriteTransaction,
  contest: Contest,
  draft: ContestDraft,
): Promise<void> {
  const { id, election_id: electionId } = contest
  await requireSound(tx, { electionId, draft, replacing: id })
  await tx.db.updateTable('contest').set(contestColumns(draft)).where('id', '=', id).execute()
  await tx.db.deleteFrom('contest_option').where('contest_id', '=', id).execute()
  await insertOptions(tx, { contestId: id, after: 0, options: draft.options })
}

/** @throws ContestInvalid */
async function requireSound(
  tx: WriteTransaction,
  { electionId, draft, replacing }: { electionId: number; draft: ContestDraft; replacing?: number },
): Promise<void> {
  const faults = contestFaults(draft)
  const others = await tx.db
    .selectFrom('contest')
    .select('title')
    .where('election_id', '=', electionId)
    .where('id', '!=', replacing ?? 0)
    .execute()
  // Compared here: SQLite knows the case of A to Z alone.
  if (others.some(({ title }) => folded(title) === folded(draft.title))) {
    faults.push({ path: ['title'], message: 'there is a contest of that title already' })
  }
  if (faults.length > 0) throw new ContestInvalid({ contest: draft.title, faults })
}

/** @param options.after position of the last option there is */
export async function insertOptions(
  tx: WriteTransaction,
  { contestId, after, options }: { contestId: number; after: number; options: readonly OptionDraft[] },
): Promise<void> {
  for (const [index, option] of options.entries()) {
    await tx.db
      .insertInto('contest_option')
      .values({ contest_id: contestId, position: after + index + 1, ...optionColumns(option) })
      .execute()
  }
}
