import type { IncomingMember } from './member-row.ts'
import { formatWeight, microsPerVote } from './weights.ts'

/** A member as the file keeps it. */
export interface MemberFacts {
  number: string
  name: string
  email: string | null
  phone: string | null
  status: string | null
  region: string | null
  chapter: string | null
  district: string | null
  weightMicros: number
  /** HMAC-SHA256, hex. */
  nationalIdHash: string | null
  custom: Readonly<Record<string, string>>
}

/** One field, before and after. */
export interface FieldChange {
  field: string
  from: string | null
  to: string | null
}

/** A row of which the national id has been hashed. */
export type HashedRow = Omit<IncomingMember, 'nationalId'> & { nationalIdHash?: string | null }

/** What the member is after the row: a column that the CSV lacks leaves its field, an empty cell empties it. */
export function merge(member: MemberFacts | undefined, row: HashedRow): MemberFacts {
  const { custom, ...fields } = row
  const merged = { ...member?.custom, ...custom }
  return {
    email: null,
    phone: null,
    status: null,
    region: null,
    chapter: null,
    district: null,
    weightMicros: microsPerVote,
    nationalIdHash: null,
    ...member,
    ...fields,
    custom: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')),
  }
}

/** The fields that differ; a national id is only said to be there or not. */
export function changesBetween(before: MemberFacts, after: MemberFacts): FieldChange[] {
  const changes: FieldChange[] = []
  const compare = (field: string, from: string | null, to: string | null) => {
    if (from !== to) changes.push({ field, from, to })
  }
  for (const field of ['name', 'email', 'phone', 'status', 'region', 'chapter', 'district'] as const) {
    compare(field, before[field], after[field])
  }
  compare('weight', formatWeight(before.weightMicros), formatWeight(after.weightMicros))
  if (before.nationalIdHash !== after.nationalIdHash) {
    const shown = (hash: string | null, which: string) => (hash === null ? null : `(${which})`)
    const [from, to] = [shown(before.nationalIdHash, 'one'), shown(after.nationalIdHash, 'another')]
    changes.push({ field: 'national id', from, to })
  }
  for (const key of new Set([...Object.keys(before.custom), ...Object.keys(after.custom)])) {
    compare(key, before.custom[key] ?? null, after.custom[key] ?? null)
  }
  return changes
}
