import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { Delimiter } from './csv-delimiter.ts'
import type { Encoding } from './csv-encoding.ts'
import type { RejectedRow, RowOutcome } from './import-batch.ts'
import type { FieldChange, MemberFacts } from './member-change.ts'
import type { MemberColumns } from './member-columns.ts'
import { countMembers } from './member-store.ts'
import { maskedNationalId } from './national-id.ts'
import { type DuplicateKey, DuplicateSearch, type PossibleDuplicates } from './possible-duplicates.ts'

export interface MemberImport {
  /** Short name of the one whose members they are. */
  organisation: string
  encoding: Encoding
  delimiter: Delimiter
  columns: MemberColumns
  /** Rows below the header that are not empty. */
  rows: number
  counts: Record<RowOutcome['kind'], number>
  /** Members of the organisation that the CSV does not name; they stay as they are. */
  absent: number
  /** The first few of each kind. */
  first: {
    new: readonly MemberFacts[]
    changed: readonly { number: string; name: string; changes: readonly FieldChange[] }[]
    rejected: readonly RejectedRow[]
  }
  duplicates: Record<DuplicateKey, PossibleDuplicates>
  /** Short name of the latest draft, which these members may go to; undefined without one. */
  draft: string | undefined
}

/** What is needed to write rejected rows the way they came. */
export interface RejectLayout {
  encoding: Encoding
  delimiter: Delimiter
  columns: MemberColumns
}

/** How many of each kind are kept to be shown. */
const shown = { new: 5, changed: 5, rejected: 100 }

/** Counts what becomes of the rows and keeps the first of each kind. */
export class ImportSummary {
  readonly #layout: RejectLayout
  readonly #onRejected: (row: RejectedRow, layout: RejectLayout) => void
  readonly #counts = { new: 0, changed: 0, unchanged: 0, rejected: 0 }
  readonly #new: MemberFacts[] = []
  readonly #changed: { number: string; name: string; changes: readonly FieldChange[] }[] = []
  readonly #rejected: RejectedRow[] = []
  readonly #search = new DuplicateSearch()

  constructor(layout: RejectLayout, onRejected: (row: RejectedRow, layout: RejectLayout) => void) {
    this.#layout = layout
    this.#onRejected = onRejected
  }

  add(outcome: RowOutcome): void {
    this.#counts[outcome.kind] += 1
    if (outcome.kind === 'rejected') {
      const row = withoutNationalId(outcome.rejected, this.#layout.columns)
      if (this.#rejected.length < shown.rejected) this.#rejected.push(row)
      this.#onRejected(row, this.#layout)
      return
    }
    const { member } = outcome
    this.#search.add(member)
    if (outcome.kind === 'new' && this.#new.length < shown.new) this.#new.push(member)
    if (outcome.kind === 'changed' && this.#changed.length < shown.changed) {
      this.#changed.push({ number: member.number, name: member.name, changes: outcome.changes })
    }
  }

  async finish(tx: ReadTransaction, organisation: { id: number; slug: string }): Promise<MemberImport> {
    const { encoding, delimiter, columns } = this.#layout
    const counts = this.#counts
    const taken = counts.new + counts.changed + counts.unchanged
    const absent = (await countMembers(tx, organisation.id)) - taken
    return {
      organisation: organisation.slug,
      encoding,
      delimiter,
      columns,
      rows: taken + counts.rejected,
      counts,
      absent,
      first: { new: this.#new, changed: this.#changed, rejected: this.#rejected },
      draft: await latestDraft(tx, organisation.id),
      duplicates: await this.#search.finish(tx, { organisationId: organisation.id, othersExist: absent > 0 }),
    }
  }
}

async function latestDraft(tx: ReadTransaction, organisationId: number): Promise<string | undefined> {
  const draft = await tx.db
    .selectFrom('election')
    .select('slug')
    .where('organisation_id', '=', organisationId)
    .where('status', '=', 'draft')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return draft?.slug
}

/** In a row of the wrong width any cell may be the one with the id, so none is kept. */
function withoutNationalId(row: RejectedRow, { nationalId, width }: MemberColumns): RejectedRow {
  if (nationalId === undefined) return row
  if (row.cells.length !== width) return { ...row, cells: [] }
  if (row.cells[nationalId] === '') return row
  return { ...row, cells: row.cells.with(nationalId, maskedNationalId) }
}
