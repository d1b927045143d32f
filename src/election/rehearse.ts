import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'

/** Does the work in a transaction that leaves nothing behind, to see what would come of it. */
export async function rehearse<T>(
  work: UnitOfWork,
  deed: string,
  play: (tx: WriteTransaction) => Promise<T>,
): Promise<T> {
  const curtain = new Curtain<T>()
  try {
    await work.write(deed, async (tx) => {
      curtain.seen = { value: await play(tx) }
      throw curtain
    })
  } catch (error) {
    if (error === curtain && curtain.seen !== undefined) return curtain.seen.value
    throw error
  }
  throw new Error('a rehearsal can not come to an end')
}

/** Thrown so that the transaction is rolled back. */
class Curtain<T> extends Error {
  seen: { value: T } | undefined
}
