import { z } from 'zod'
import type { Change } from './changes.ts'
import type { ContestDraft } from './contest-draft.ts'
import type { ElectionDraft } from './create-election.ts'
import type { EditedElection } from './edit-election.ts'
import type { Election } from './find-election.ts'
import { markedTitle } from './standing.ts'

/** What commands print and the server answers when a draft is made or changed. */

const count = z.int().nonnegative()

export const createdOutput = z.strictObject({
  /** Its short name; null in a dry run that gives none. */
  election: z.string().nullable(),
  /** Null in a dry run. */
  uuid: z.string().nullable(),
  title: z.string(),
  dryRun: z.boolean(),
  contests: z.array(
    z.strictObject({ title: z.string(), method: z.string(), seats: count, candidates: count }),
  ),
  /** People named in the file, who are still to hand in their keys. */
  trustees: z.array(z.string()),
})

/** @param made undefined in a dry run */
export function outputOfCreated(
  made: Pick<Election, 'slug' | 'uuid'> | undefined,
  { draft, trustees }: { draft: ElectionDraft; trustees: readonly string[] },
): z.infer<typeof createdOutput> {
  return {
    election: made?.slug ?? draft.slug ?? null,
    uuid: made?.uuid ?? null,
    title: markedTitle({ title: draft.title, rehearsal: draft.rehearsal === true }),
    dryRun: made === undefined,
    contests: draft.contests.map(({ title, method, seats, options }) => ({
      ...{ title, method, seats },
      candidates: options.length,
    })),
    trustees: [...trustees],
  }
}

const fact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])

/** What an edit changed; null where there is nothing, or no limit. */
export const changesOutput = z.array(z.strictObject({ field: z.string(), from: fact, to: fact }))

export function outputOfChanges(changes: readonly Change[]): z.infer<typeof changesOutput> {
  return changesOutput.parse(changes)
}

export const editedOutput = z.strictObject({
  election: z.string(),
  dryRun: z.boolean(),
  /** Empty where it was all like that already. */
  changes: changesOutput,
  /** Whether other members may vote now, so that tokens may be missing. */
  eligibilityChanged: z.boolean(),
})

export function outputOfEdited(edited: EditedElection, dryRun: boolean): z.infer<typeof editedOutput> {
  const { election, changes, eligibilityChanged } = edited
  return { election, dryRun, changes: outputOfChanges(changes), eligibilityChanged }
}

export const contestAddedOutput = z.strictObject({
  election: z.string(),
  /** Its number on the ballot, from 1. */
  contest: z.int().positive(),
  title: z.string(),
  method: z.string(),
  seats: z.int().positive(),
  candidates: z.int().nonnegative(),
})

export function outputOfContestAdded(
  { election, position }: { election: string; position: number },
  { title, method, seats, options }: ContestDraft,
): z.infer<typeof contestAddedOutput> {
  return { election, contest: position, title, method, seats, candidates: options.length }
}

export const candidatesImportedOutput = z.strictObject({
  election: z.string(),
  /** Whether it was only tried. */
  dryRun: z.boolean(),
  added: count,
  changed: count,
  unchanged: count,
  rejected: z.array(z.strictObject({ line: count, column: z.string(), reason: z.string() })),
})
