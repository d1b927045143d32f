import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { TokenFamily } from './token-family.ts'

/** How a reserve token is called on its line in the file of tokens: `R-001`. @param number from 1 */
export function reserveLabel(number: number): string {
  return `R-${String(number).padStart(3, '0')}`
}

/** Of the last reserve token that there is, given out or not; 0 where there is none. */
export async function lastReserveNumber(tx: ReadTransaction, { root }: TokenFamily): Promise<number> {
  const { last } = await tx.db
    .selectFrom('token')
    .select(({ fn }) => fn.max('reserve_number').as('last'))
    .where('election_id', '=', root.id)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}
