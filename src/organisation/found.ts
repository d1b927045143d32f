import { randomBytes } from 'node:crypto'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** Writes the organisation into a new file. */
export async function foundOrganisation(work: UnitOfWork, input: { name: string }): Promise<void> {
  await work.write('init', async (tx) => {
    await tx.db
      .insertInto('organisation')
      .values({ id: 1, name: input.name, hash_key: randomBytes(32), created_at: tx.now })
      .execute()
    await tx.record({ action: 'file-created', details: { organisation: input.name } })
  })
}
