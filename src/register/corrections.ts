import type { Selectable } from 'kysely'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'

export type RollCorrection = Selectable<Database['roll_correction']>

/** What was corrected on a roll after its election opened. */
export interface RollCorrections {
  /** In the order they were made. */
  list: readonly RollCorrection[]
  /** Numbers that were not on the roll at opening. */
  added: ReadonlySet<string>
  /** Numbers that are on the roll but may not vote: struck, and not put back since. */
  struck: ReadonlySet<string>
}

export async function readCorrections(tx: ReadTransaction, electionId: number): Promise<RollCorrections> {
  const list = await tx.db
    .selectFrom('roll_correction')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('id')
    .execute()
  const corrected = new Set<string>()
  const added = new Set<string>()
  const struck = new Set<string>()
  for (const { kind, number } of list) {
    if (kind === 'strike') struck.add(number)
    else if (!struck.delete(number) && !corrected.has(number)) added.add(number)
    corrected.add(number)
  }
  return { list, added, struck }
}
