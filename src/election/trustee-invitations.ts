import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { readTrusteeGroup } from './trustee-group.ts'
import { readTrustees } from './trustees.ts'

/** The trustees of an election who are people, in their order; those of a group too while they have no key yet. */
export async function namesOfTrustees(tx: ReadTransaction, electionId: number): Promise<string[]> {
  const people = (await readTrustees(tx, electionId)).filter(({ kind }) => kind === 'person')
  const members = (await readTrusteeGroup(tx, electionId))?.members ?? []
  return [...new Set([...people, ...members].map(({ name }) => name))]
}

/** What was refused, of trustees or by them, is of no matter once their ceremony begins anew. */
export async function forgetRefusals(tx: WriteTransaction, electionId: number): Promise<void> {
  await tx.db
    .updateTable('trustee_invitation')
    .set({ refused_at: null, refused_reason: null })
    .where('election_id', '=', electionId)
    .execute()
}

/** Who is no trustee any more takes part no more, nor does somebody of the same name who comes later. */
export async function forgetStrayInvitations(tx: WriteTransaction, electionId: number): Promise<void> {
  const names = await namesOfTrustees(tx, electionId)
  await tx.db
    .deleteFrom('trustee_invitation')
    .where('election_id', '=', electionId)
    .$if(names.length > 0, (query) => query.where('name', 'not in', names))
    .execute()
}
