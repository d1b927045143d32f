import { findElection } from '../../election/find-election.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { type PaperBatch, readBatches } from './read-paper.ts'
import { BatchNotFound, PaperRefused } from './refusals.ts'
import { requirePaper } from './require-paper.ts'

/** The cover sheet of a pile of papers. What is left out of a known one stays as it was. */
export interface BatchSheet {
  election: string | undefined
  /** Of a known batch; undefined for a new one. */
  number: number | undefined
  place: string | undefined
  papers: number | undefined
  /** Papers that were handed out; undefined for as many as came back. */
  issued: number | undefined
  spoiled: number | undefined
  /** Why a batch changes that was counted before: its entries go, as they are of another number of papers. */
  reason: string | undefined
}

/**
 * Registers a batch of papers, or corrects what its cover sheet says.
 * @throws PaperRefused, BatchNotFound, WrongState
 */
export async function registerBatch(
  work: UnitOfWork,
  sheet: BatchSheet,
): Promise<{ election: string; batch: PaperBatch; changed: boolean; entriesRemoved: number }> {
  return work.write('register a batch of papers', async (tx) => {
    const election = await findElection(tx, sheet.election)
    requirePaper(election, { deed: 'register its papers', allowed: ['closed'] })
    const batches = await readBatches(tx, election)
    const known = batches.find(({ number }) => number === sheet.number)
    if (sheet.number !== undefined && known === undefined) {
      throw new BatchNotFound({ election: election.slug, batch: sheet.number })
    }
    const number = known?.number ?? (batches.at(-1)?.number ?? 0) + 1
    const values = valuesOf(sheet, known)
    const same =
      known !== undefined &&
      Object.entries(values).every(([field, value]) => known[field as keyof PaperBatch] === value)
    if (same) return { election: election.slug, batch: known, changed: false, entriesRemoved: 0 }
    const by = { officer: tx.officer, at: tx.now }
    const entriesRemoved =
      known === undefined || known.papers === values.papers ? 0 : await removeEntries(known, sheet.reason)
    await tx.db
      .insertInto('paper_batch')
      .values({ election_id: election.id, number, ...values, ...by })
      .onConflict((conflict) => conflict.columns(['election_id', 'number']).doUpdateSet({ ...values, ...by }))
      .execute()
    const reason = sheet.reason?.trim()
    await tx.record({
      action: known === undefined ? 'paper-batch-registered' : 'paper-batch-corrected',
      election: election.slug,
      details: {
        batch: number,
        ...values,
        ...(reason && { reason }),
        ...(entriesRemoved > 0 && { entriesRemoved }),
      },
    })
    const batch = (await readBatches(tx, election)).find((each) => each.number === number)!
    return { election: election.slug, batch, changed: true, entriesRemoved }

    async function removeEntries({ id, contests }: PaperBatch, why: string | undefined): Promise<number> {
      if (contests.every(({ officers }) => officers.length === 0)) return 0
      if (!why?.trim()) {
        throw new PaperRefused(
          `Batch ${number} is being counted, and another number of papers undoes that.`,
          { election: election.slug, batch: number },
          'If it is so, say why with --reason: then it is entered anew.',
        )
      }
      const { numDeletedRows } = await tx.db
        .deleteFrom('paper_entry')
        .where('batch_id', '=', id)
        .executeTakeFirst()
      return Number(numDeletedRows)
    }
  })
}

function valuesOf(
  sheet: BatchSheet,
  known: PaperBatch | undefined,
): Pick<PaperBatch, 'place' | 'issued' | 'spoiled' | 'papers'> {
  const place = (sheet.place ?? known?.place ?? '').trim()
  const papers = sheet.papers ?? known?.papers
  if (place === '' || papers === undefined) {
    throw new PaperRefused('A batch has a place and a number of papers.', {}, 'Give --place and --papers.')
  }
  const spoiled = sheet.spoiled ?? known?.spoiled ?? 0
  return { place, papers, spoiled, issued: sheet.issued ?? known?.issued ?? papers + spoiled }
}
