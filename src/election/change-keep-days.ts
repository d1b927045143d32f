import type { WriteTransaction } from '../store/unit-of-work.ts'
import { type Change, changesBetween } from './changes.ts'
import type { Election } from './find-election.ts'
import { readPurge } from './purged.ts'
import { ElectionPurged, KeepingUnchangeable } from './refusals-purge.ts'

/**
 * Changes how long the voters of an election that was opened are kept. They voted by what was said then, so that a
 * change has a reason.
 * @param input.keepDays null for what the organisation has
 * @throws KeepingUnchangeable, ElectionPurged
 */
export async function changeKeepDays(
  tx: WriteTransaction,
  election: Election,
  { keepDays, reason }: { keepDays: number | null; reason: string | undefined },
): Promise<Change[]> {
  const { slug, id } = election
  const changes = changesBetween({ keepDays: election.keep_days }, { keepDays })
  if (changes.length === 0) return changes
  const purge = await readPurge(tx, election)
  if (purge !== undefined) {
    throw new ElectionPurged({ election: slug, at: purge.at, deed: 'change how long they are kept' })
  }
  const why = reason?.trim() ?? ''
  if (why === '') {
    throw new KeepingUnchangeable(`Voters of ${slug} rely on how long they are kept: say why it changes.`)
  }
  await tx.db.updateTable('election').set({ keep_days: keepDays }).where('id', '=', id).execute()
  await tx.record({ action: 'keeping-changed', election: slug, details: { changes, reason: why } })
  return changes
}
