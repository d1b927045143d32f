import { slugOf } from '../election/slug.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { insertOrganisation } from './add-organisation.ts'

/** Writes the organisation into a new file. */
export async function foundOrganisation(work: UnitOfWork, input: { name: string }): Promise<void> {
  await work.write('init', async (tx) => {
    await insertOrganisation(tx, { name: input.name, slug: slugOf(input.name, 'organisation') })
    await tx.record({ action: 'file-created', details: { organisation: input.name } })
  })
}
