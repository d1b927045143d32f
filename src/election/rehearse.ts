import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'

/** Does the work in a transaction that leaves nothing behind, to see what would come of it. */
export async function rehearse<T>(
  work: UnitOfWork,
  deed: string,
  play: (tx: WriteTransaction) => Promise<T>,
): Promise<T> {
  return work.write(deed, play, 'rehearse')
}
