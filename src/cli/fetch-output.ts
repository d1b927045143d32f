import { z } from 'zod'
import type { Fetched, TakenList } from '../register/fetch-members.ts'
import { importOutput, outputOfImport } from './import-output.ts'
import { changedPeople, countLine, countLines, item, section } from './import-preview.ts'
import { prose } from './prose.ts'

const count = z.int().nonnegative()
const { new: added, changed, unchanged, duplicates, first, rejects } = importOutput.shape

/** What `voter fetch --json` prints. */
export const fetchOutput = z.strictObject({
  organisation: z.string(),
  url: z.string(),
  /** `fresh` if it was asked not long ago, `unchanged` if it has nothing newer. */
  outcome: z.enum(['fresh', 'unchanged', 'list']),
  /** Whether what it listed was written, or only looked at. */
  applied: z.boolean(),
  fetchedAt: z.string().nullable(),
  listed: count.nullable(),
  /** SHA-256 of the list. */
  sha256: z.string().nullable(),
  /** What the list changes; null if there is none. */
  changes: z
    .strictObject({
      ...{ new: added, changed, unchanged, rejected: count, duplicates, rejects },
      /** Members whom the service does not list any more. */
      left: count,
      /** The first few of each kind. */
      first: z.strictObject({
        ...{ new: first.shape.new, changed: first.shape.changed },
        rejected: z.array(
          z.strictObject({
            number: z.string(),
            problems: first.shape.rejected.unwrap().shape.problems,
          }),
        ),
        left: z.array(z.strictObject({ number: z.string(), name: z.string() })),
      }),
    })
    .nullable(),
})

export type FetchOutput = z.infer<typeof fetchOutput>

const leftShown = 5

export function outputOfFetch(
  fetched: Fetched,
  taken: (TakenList & { applied: boolean; rejects: string | null }) | undefined,
): FetchOutput {
  const { organisation, url, fetchedAt, listed, sha256 } = fetched.service
  const service = { organisation, url, outcome: fetched.kind }
  if (fetched.kind !== 'list' || taken === undefined) {
    return { ...service, applied: false, fetchedAt, listed, sha256, changes: null }
  }
  const { found, left, applied, rejects } = taken
  const told = outputOfImport({ found, applied, rejects }, url)
  return {
    ...{
      ...service,
      applied,
      fetchedAt: fetched.at,
      listed: fetched.list.listed,
      sha256: fetched.list.sha256,
    },
    changes: {
      ...{ new: told.new, changed: told.changed, unchanged: told.unchanged, rejected: told.rejected },
      ...{ duplicates: told.duplicates, rejects, left: left.length },
      first: {
        ...{ new: told.first.new, changed: told.first.changed, left: left.slice(0, leftShown) },
        rejected: told.first.rejected.map(({ problems }, at) => ({
          number: found.first.rejected[at]?.cells[0] ?? '',
          problems,
        })),
      },
    },
  }
}

/** What a list changes, for people. */
export function fetchPreview({ found, left }: TakenList): string[] {
  return [
    ...countLines(found),
    countLine('Left', left.length),
    ...changedPeople(found, ({ cells }) => `member ${cells[0] ?? ''}`),
    ...section(
      'Left',
      left.length,
      left.slice(0, leftShown).map(({ number, name }) => item(`${number} ${name}`)),
    ),
    ...(found.counts.rejected === 0
      ? []
      : [
          '',
          prose('As long as an entry can not be taken, nobody who is missing is thought to have left.', '! '),
        ]),
  ]
}
