import { MemberNotFound } from '../../register/refusals.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import { candidateSchema } from '../config-schema.ts'
import { folded } from '../spelling.ts'
import { readNominations } from './find-nomination.ts'
import { findPhase, requireOpen } from './phase.ts'
import { NominationInvalid } from './refusals.ts'

export interface MadeNomination {
  election: string
  /** Title. */
  contest: string
  /** As the ballot will have it. */
  name: string
  /** False for somebody who was nominated already: then it is one more voice for them. */
  added: boolean
  /** How many members have put them up, and how many it takes. */
  nominators: number
  needed: number
}

/**
 * Puts somebody up for a contest, in the name of members who want it. Who is nominated already, by member number or,
 * where there is none, by name, has these members behind them too.
 * @param input.name undefined for the name that the member has on the register
 * @param input.member number of the nominee on the register; undefined for somebody who is no member
 * @param input.by numbers of those who nominate; may be the nominee's own
 * @throws NominationsOver, MemberNotFound, NominationInvalid, WrongState, ContestNotFound
 */
export async function nominate(
  work: UnitOfWork,
  input: {
    election: string | undefined
    contest: string | undefined
    name: string | undefined
    member: string | undefined
    email: string | undefined
    by: readonly string[]
  },
): Promise<MadeNomination> {
  return work.write('nominate', async (tx) => {
    const found = await findPhase(tx, { ...input, deed: 'nominate anybody' })
    requireOpen(found, tx.now)
    const { election, contest, phase } = found
    const organisation = election.organisation_id
    const nominee = input.member === undefined ? undefined : await memberOf(tx, organisation, input.member)
    const name = soundName(input.name ?? nominee?.name)
    const nominators = []
    for (const number of input.by) nominators.push(await memberOf(tx, organisation, number))
    const present = (await readNominations(tx, contest.id)).find((each) =>
      nominee === undefined ? folded(each.name) === folded(name) : each.member_id === nominee.id,
    )
    const id =
      present?.id ??
      (
        await tx.db
          .insertInto('nomination')
          .values({
            ...{ contest_id: contest.id, name, at: tx.now, member_id: nominee?.id ?? null },
            email: input.email ?? nominee?.email ?? null,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id
    for (const nominator of nominators) {
      await tx.db
        .insertInto('nominator')
        .values({ nomination_id: id, member_id: nominator.id, at: tx.now })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await tx.record({
      action: 'candidate-nominated',
      election: election.slug,
      details: { contest: contest.title, added: present === undefined },
      personal: { name: present?.name ?? name, by: nominators.map(({ number }) => number) },
    })
    return {
      ...{ election: election.slug, contest: contest.title, name: present?.name ?? name },
      ...{ added: present === undefined, nominators: await countNominators(tx, id), needed: phase.needed },
    }
  })
}

/** @throws NominationInvalid */
function soundName(given: string | undefined): string {
  const name = candidateSchema.shape.name.safeParse(given?.replace(/\s+/g, ' '))
  if (name.success) return name.data
  throw new NominationInvalid(
    given === undefined
      ? 'Say who is nominated: a name, or the number of a member.'
      : `The name must be ${name.error.issues[0]!.message}.`,
  )
}

async function countNominators(tx: WriteTransaction, nomination: number): Promise<number> {
  const { count } = await tx.db
    .selectFrom('nominator')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('nomination_id', '=', nomination)
    .executeTakeFirstOrThrow()
  return count
}

/** @throws MemberNotFound */
async function memberOf(tx: WriteTransaction, organisationId: number, number: string) {
  const member = await tx.db
    .selectFrom('member')
    .select(['id', 'number', 'name', 'email'])
    .where('organisation_id', '=', organisationId)
    .where('number', '=', number)
    .executeTakeFirst()
  if (member === undefined) throw new MemberNotFound(number)
  return member
}
