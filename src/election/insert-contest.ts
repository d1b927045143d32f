import type { WriteTransaction } from '../store/unit-of-work.ts'
import { storePhoto } from './candidate-photo.ts'
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
  await rewriteOptions(tx, contest, draft.options)
}

/** Beyond every position of a ballot. */
const farBehind = 1_000_000

/** Options stay the rows that they are, so that what hangs on them stays: found by name, or renamed in their place. */
async function rewriteOptions(
  tx: WriteTransaction,
  contest: Contest,
  options: readonly OptionDraft[],
): Promise<void> {
  const byName = new Map(contest.options.map((option) => [option.name, option]))
  const names = new Set(options.map(({ name }) => name))
  const present = options.map(({ name }, index) => {
    const inPlace = contest.options[index]
    return byName.get(name) ?? (inPlace && !names.has(inPlace.name) ? inPlace : undefined)
  })
  const kept = present.flatMap((option) => (option === undefined ? [] : [option.id]))
  let gone = tx.db.deleteFrom('contest_option').where('contest_id', '=', contest.id)
  if (kept.length > 0) gone = gone.where('id', 'not in', kept)
  await gone.execute()
  // Out of the way first, so that each finds its place free.
  await tx.db
    .updateTable('contest_option')
    .set(({ eb }) => ({ position: eb('position', '+', farBehind) }))
    .where('contest_id', '=', contest.id)
    .execute()
  for (const [index, option] of options.entries()) {
    const id = present[index]?.id
    if (id === undefined) {
      await insertOptions(tx, { contestId: contest.id, after: index, options: [option] })
      continue
    }
    await tx.db
      .updateTable('contest_option')
      .set({ ...optionColumns(option), position: index + 1 })
      .where('id', '=', id)
      .execute()
    if (option.photo !== null) await storePhoto(tx, id, option.photo)
  }
}

/** @throws ContestInvalid */
async function requireSound(
  tx: WriteTransaction,
  { electionId, draft, replacing }: { electionId: number; draft: ContestDraft; replacing?: number },
): Promise<void> {
  const { visibility } = await tx.db
    .selectFrom('election')
    .select('visibility')
    .where('id', '=', electionId)
    .executeTakeFirstOrThrow()
  const faults = contestFaults(draft, visibility)
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

/** @param options.after position of the last option there is. @returns their ids */
export async function insertOptions(
  tx: WriteTransaction,
  { contestId, after, options }: { contestId: number; after: number; options: readonly OptionDraft[] },
): Promise<number[]> {
  const ids: number[] = []
  for (const [index, option] of options.entries()) {
    const { id } = await tx.db
      .insertInto('contest_option')
      .values({ contest_id: contestId, position: after + index + 1, ...optionColumns(option) })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (option.photo !== null) await storePhoto(tx, id, option.photo)
    ids.push(id)
  }
  return ids
}
