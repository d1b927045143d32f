import { z } from 'zod'
import { formatWeight } from '../register/weights.ts'
import type { ImportSession } from './import-session.ts'

const count = z.int().nonnegative()
const text = z.string().nullable()
const duplicates = z.strictObject({
  count,
  groups: z.array(z.strictObject({ value: z.string(), numbers: z.array(z.string()) })),
})

/** What `voter import --json` prints. */
export const importOutput = z.strictObject({
  file: z.string(),
  /** Whether it was written, or only looked at. */
  applied: z.boolean(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  delimiter: z.enum([',', ';', '\t']),
  rows: count,
  new: count,
  changed: count,
  unchanged: count,
  rejected: count,
  /** Members who are not in the CSV. */
  absent: count,
  /** Whether the e-mail address serves as member number. */
  numberFromEmail: z.boolean(),
  customFields: z.array(z.string()),
  /** The first few of each kind; of the rejected rows the first hundred. */
  first: z.strictObject({
    new: z.array(
      z.strictObject({ number: z.string(), name: z.string(), email: text, status: text, weight: z.string() }),
    ),
    changed: z.array(
      z.strictObject({
        number: z.string(),
        name: z.string(),
        changes: z.array(z.strictObject({ field: z.string(), from: text, to: text })),
      }),
    ),
    rejected: z.array(
      z.strictObject({
        line: count,
        problems: z.array(z.strictObject({ column: text, reason: z.string(), mend: z.string() })),
      }),
    ),
  }),
  duplicates: z.strictObject({ email: duplicates, phone: duplicates, name: duplicates }),
  /** The CSV of rejected rows, if one was wanted and there are any. */
  rejects: text,
})

export type ImportOutput = z.infer<typeof importOutput>

export function outputOfImport(session: ImportSession, file: string): ImportOutput {
  const { found, applied, rejects } = session
  const { encoding, delimiter, rows, counts, absent, columns, first, duplicates: groups } = found
  return {
    ...{ file, applied, rejects },
    ...{ encoding, delimiter, rows, ...counts, absent, duplicates: groups },
    numberFromEmail: columns.fields.number === undefined,
    customFields: columns.custom.map(({ key }) => key),
    first: {
      new: first.new.map(({ number, name, email, status, weightMicros }) => ({
        ...{ number, name, email, status },
        weight: formatWeight(weightMicros),
      })),
      changed: first.changed.map((each) => ({ ...each, changes: [...each.changes] })),
      rejected: first.rejected.map(({ line, problems }) => ({
        line,
        problems: problems.map(({ column, reason, mend }) => ({ column: column ?? null, reason, mend })),
      })),
    },
  }
}
