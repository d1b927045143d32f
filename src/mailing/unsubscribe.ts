import { findOrganisation } from '../organisation/find-organisation.ts'
import { MemberNotFound } from '../register/refusals.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Channel } from './recipients.ts'

export interface Unsubscription {
  organisation: string
  /** Of the member. */
  number: string
  channel: Channel
  /** Whether nothing is sent there from now on. */
  unsubscribed: boolean
  changed: boolean
}

/**
 * A member wants no e-mail or no SMS any more, or wants it again. Letters reach them.
 * @throws MemberNotFound, OrganisationNotFound, OrganisationAmbiguous
 */
export async function unsubscribe(
  work: UnitOfWork,
  input: { organisation: string | undefined; number: string; channel: Channel; undo: boolean },
): Promise<Unsubscription> {
  const { number, channel, undo } = input
  return work.write('unsubscribe a member', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    const member = await tx.db
      .selectFrom('member')
      .select('id')
      .where('organisation_id', '=', organisation.id)
      .where('number', '=', number)
      .executeTakeFirst()
    if (member === undefined) throw new MemberNotFound(number)
    const row = { member_id: member.id, channel }
    const [changed] = undo
      ? await tx.db
          .deleteFrom('unsubscribed')
          .where('member_id', '=', member.id)
          .where('channel', '=', channel)
          .execute()
      : await tx.db
          .insertInto('unsubscribed')
          .values({ ...row, at: tx.now })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
    const rows =
      changed === undefined
        ? 0n
        : 'numDeletedRows' in changed
          ? changed.numDeletedRows
          : changed.numInsertedOrUpdatedRows
    const isChanged = rows === 1n
    if (isChanged) {
      // Whoever it is stands in the register alone.
      await tx.record({
        action: undo ? 'member-subscribed' : 'member-unsubscribed',
        details: { organisation: organisation.slug, channel },
      })
    }
    return { organisation: organisation.slug, number, channel, unsubscribed: !undo, changed: isChanged }
  })
}
