import { z } from 'zod'
import type { AuditState } from '../audit/entry.ts'
import { countOf } from './output.ts'

const count = z.int().nonnegative()

/** What is in a file, as commands tell it that copy one. */
export const fileContents = {
  /** Of its audit log. */
  entries: count,
  head: z.string(),
  elections: count,
  members: count,
  voters: count,
  ballots: count,
}

export function headOfLog({ head, entries }: AuditState): string {
  return `Head of its audit log: ${head} (${countOf(entries, 'entry', 'entries')})`
}
