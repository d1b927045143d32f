import type { WriteTransaction } from '../store/unit-of-work.ts'
import { addImported, linesOfImported } from './imported-numbers.ts'
import { changesBetween, type FieldChange, type HashedRow, type MemberFacts, merge } from './member-change.ts'
import type { RowProblem } from './member-row.ts'
import { holdersOfIds, membersByNumber, saveMembers } from './member-store.ts'

/** A row that was understood, and where it came from. */
export interface NumberedRow {
  line: number
  cells: readonly string[]
  row: HashedRow
}

/** A row that can't be taken. */
export interface RejectedRow {
  line: number
  problems: readonly RowProblem[]
  /** As in the CSV; none if they can't be told apart. */
  cells: readonly string[]
}

export type RowOutcome =
  | { kind: 'new'; member: MemberFacts }
  | { kind: 'changed'; member: MemberFacts; changes: FieldChange[] }
  | { kind: 'unchanged'; member: MemberFacts }
  | { kind: 'rejected'; rejected: RejectedRow }

/** The headers that a problem of a row as a whole names. */
export interface KeyHeaders {
  number: string | undefined
  nationalId: string | undefined
}

/**
 * Compares rows with the members of the organisation, and writes what is new or changed.
 * @returns what became of each, in order; rows that were rejected before go through
 */
export async function importBatch(
  tx: WriteTransaction,
  batch: readonly (NumberedRow | RejectedRow)[],
  { organisationId, headers }: { organisationId: number; headers: KeyHeaders },
): Promise<RowOutcome[]> {
  const rows = batch.filter((each) => 'row' in each)
  const numbers = rows.map(({ row }) => row.number)
  const lines = await linesOfImported(tx, numbers)
  const members = await membersByNumber(tx, organisationId, numbers)
  const hashes = rows.map(({ row }) => row.nationalIdHash).filter((hash) => typeof hash === 'string')
  const holders: Map<string, string | undefined> = await holdersOfIds(tx, organisationId, hashes)
  const taken: { number: string; line: number }[] = []
  const outcomes = batch.map((each): RowOutcome => {
    if (!('row' in each)) return { kind: 'rejected', rejected: each }
    const { line, cells, row } = each
    const { number } = row
    const before = members.get(number)
    const problem = duplicateNumber(number, lines.get(number), headers) ?? idInUse(row, holders, headers)
    if (problem !== undefined) return { kind: 'rejected', rejected: { line, cells, problems: [problem] } }
    const member = merge(before, row)
    lines.set(number, line)
    taken.push({ number, line })
    if (before?.nationalIdHash) holders.set(before.nationalIdHash, undefined)
    if (member.nationalIdHash !== null) holders.set(member.nationalIdHash, number)
    if (before === undefined) return { kind: 'new', member }
    const changes = changesBetween(before, member)
    return changes.length === 0 ? { kind: 'unchanged', member } : { kind: 'changed', member, changes }
  })
  await addImported(tx, taken)
  // Changes first: a national id that one member gives up may be a new one's.
  for (const kind of ['changed', 'new'] as const) {
    const written = outcomes.flatMap((outcome) => (outcome.kind === kind ? [outcome.member] : []))
    await saveMembers(tx, organisationId, written)
  }
  return outcomes
}

function duplicateNumber(
  number: string,
  line: number | undefined,
  headers: KeyHeaders,
): RowProblem | undefined {
  if (line === undefined) return undefined
  const mend = 'Keep one of the two rows.'
  return { column: headers.number, reason: `${number} is on line ${line} already`, mend }
}

function idInUse(
  row: HashedRow,
  holders: ReadonlyMap<string, string | undefined>,
  headers: KeyHeaders,
): RowProblem | undefined {
  const holder = row.nationalIdHash ? holders.get(row.nationalIdHash) : undefined
  if (holder === undefined || holder === row.number) return undefined
  return {
    column: headers.nationalId,
    reason: `is that of member ${holder}`,
    mend: 'Correct the id, or the number if it is the same person.',
  }
}
