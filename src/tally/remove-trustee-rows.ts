import type { WriteTransaction } from '../store/unit-of-work.ts'

/** Takes trustees out of a draft; those behind them move up, as owner numbers have no gaps. */
export async function removeTrusteeRows(
  tx: WriteTransaction,
  electionId: number,
  positions: readonly number[],
): Promise<void> {
  if (positions.length === 0) return
  const inElection = () => tx.db.selectFrom('trustee').where('election_id', '=', electionId)
  await tx.db
    .deleteFrom('trustee')
    .where('election_id', '=', electionId)
    .where('position', 'in', positions)
    .execute()
  const rest = await inElection().select(['id', 'position']).orderBy('position').execute()
  // One after the other: a position is never held twice.
  for (const [index, { id, position }] of rest.entries()) {
    if (position === index + 1) continue
    await tx.db
      .updateTable('trustee')
      .set({ position: index + 1 })
      .where('id', '=', id)
      .execute()
  }
}
