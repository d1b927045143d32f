import { Refusal } from '../errors.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import { UnitInvalid } from '../organisation/unit-refusals.ts'
import { type DescribedUnit, insertUnit, readUnitTree } from '../organisation/units.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import type { CsvSource } from './csv-source.ts'
import { readSmallTable, type SmallRow } from './small-table.ts'

export interface UnitImport {
  organisation: string
  rows: number
  added: DescribedUnit[]
  /** Rows of units that are there already, by their short names. */
  unchanged: number
  /** Rows that can't be taken, and why. */
  problems: { line: number; reason: string; mend: string | undefined }[]
}

const columns = {
  name: ['name', 'nombre', 'nom'],
  kind: ['kind', 'type', 'tipo', 'art'],
  parent: ['?', 'parent', 'below', 'superior', 'parente', 'ubergeordnet'],
  slug: ['?', 'slug', 'shortname', 'unit'],
} as const

/**
 * Adds units as a CSV has them, each with the short name of its parent, which stands above it or is there already. A row
 * that can't be taken leaves the others as they are.
 * @throws CsvUnreadable, CsvHeaderUnusable, OrganisationNotFound, OrganisationAmbiguous
 */
export async function importUnits(
  work: UnitOfWork,
  input: { source: CsvSource; organisation: string | undefined; mode: 'preview' | 'apply' },
): Promise<UnitImport> {
  const rows = await readSmallTable(input.source, columns)
  return work.write(
    'import units',
    async (tx) => {
      const organisation = await findOrganisation(tx, input.organisation)
      const result: UnitImport = {
        ...{ organisation: organisation.slug, rows: rows.length },
        ...{ added: [], unchanged: 0, problems: [] },
      }
      for (const row of rows) await takeRow(tx, organisation.id, row, result)
      if (result.added.length > 0) {
        const units = result.added.map(({ unit }) => unit)
        await tx.record({ action: 'units-imported', details: { organisation: organisation.slug, units } })
      }
      return result
    },
    input.mode === 'preview' ? 'rehearse' : undefined,
  )
}

async function takeRow(
  tx: WriteTransaction,
  organisationId: number,
  { line, cells }: SmallRow<keyof typeof columns>,
  result: UnitImport,
): Promise<void> {
  try {
    if (cells === undefined) throw new UnitInvalid('A quote is where it can not be.')
    const { name, kind, parent, slug } = cells
    const known = (await readUnitTree(tx, organisationId)).find(slug)
    if (known?.name === name && known.kind === kind.toLowerCase()) {
      result.unchanged += 1
      return
    }
    const wanted = { name, kind: kind.toLowerCase(), parent: parent || undefined, slug: slug || undefined }
    result.added.push(await insertUnit(tx, organisationId, wanted))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    result.problems.push({ line, reason: error.message, mend: error.hint })
  }
}
