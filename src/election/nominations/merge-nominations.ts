import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { findNomination, type Nomination } from './find-nomination.ts'
import { findPhase } from './phase.ts'
import { NominationInvalid, NomineeOnBallot } from './refusals.ts'

export interface MergedNominations {
  election: string
  /** Title. */
  contest: string
  /** Who stays. */
  name: string
  /** The name that is gone. */
  merged: string
  /** How many members are behind the nominee now. */
  nominators: number
}

/**
 * Makes one nomination of two that mean the same person: those who nominated stand behind the one that stays, which
 * takes over an answer, a member and a link where it has none of its own.
 * @param input.name who goes, or its place in the list
 * @param input.into who stays, or its place
 * @throws NominationNotFound, NominationAmbiguous, NominationInvalid, NomineeOnBallot, NominationsOver, WrongState
 */
export async function mergeNominations(
  work: UnitOfWork,
  input: { election: string | undefined; contest: string | undefined; name: string; into: string },
): Promise<MergedNominations> {
  return work.write('merge nominations', async (tx) => {
    const found = await findPhase(tx, { ...input, deed: 'merge nominations' })
    const { election, contest } = found
    const gone = await findNomination(tx, found, input.name)
    const kept = await findNomination(tx, found, input.into)
    if (gone.id === kept.id) throw new NominationInvalid('A nomination is not merged into itself.')
    if (gone.option_id !== null) throw new NomineeOnBallot({ election: election.slug })
    if (gone.member_id !== null && kept.member_id !== null) {
      throw new NominationInvalid(
        `${gone.name} and ${kept.name} are two members, who are nominated each for themselves.`,
      )
    }
    for (const { member_id, at } of await nominatorsOf(gone)) {
      await tx.db
        .insertInto('nominator')
        .values({ nomination_id: kept.id, member_id, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    // First, for a member and a link are in one nomination alone.
    await tx.db.deleteFrom('nomination').where('id', '=', gone.id).execute()
    await tx.db.updateTable('nomination').set(takenOver(kept, gone)).where('id', '=', kept.id).execute()
    await tx.record({
      action: 'nominations-merged',
      election: election.slug,
      details: { contest: contest.title },
      personal: { name: kept.name, merged: gone.name },
    })
    const { length: nominators } = await nominatorsOf(kept)
    return {
      ...{ election: election.slug, contest: contest.title },
      ...{ name: kept.name, merged: gone.name, nominators },
    }

    function nominatorsOf({ id }: Nomination) {
      return tx.db.selectFrom('nominator').selectAll().where('nomination_id', '=', id).execute()
    }
  })
}

function takenOver(kept: Nomination, gone: Nomination) {
  const { state, answered_at, statement, photo_type, photo_bytes, photo_sha256 } =
    kept.state === 'silent' ? gone : kept
  const { hash, invited_at } = kept.hash === null ? gone : kept
  return {
    ...{ state, answered_at, statement, photo_type, photo_bytes, photo_sha256, hash, invited_at },
    ...{ member_id: kept.member_id ?? gone.member_id, email: kept.email ?? gone.email },
  }
}
