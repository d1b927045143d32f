import { findElection, requireDraft } from '../election/find-election.ts'
import { Refusal } from '../errors.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { MemberNotFound } from './refusals.ts'
import { formatWeight, parseWeight } from './weights.ts'

export class WeightInvalid extends Refusal {
  readonly code = 'weight-invalid'
  constructor(text: string) {
    super(
      `"${text}" is no weight.`,
      { weight: text },
      'Write a number of votes above zero with up to six decimal places; three of them get a zero behind: 1.1250. Whoever is to have no vote is left off the roll.',
    )
  }
}

export interface SetWeight {
  election: string
  number: string
  name: string
  /** In votes. */
  weight: string
  /** What the member weighs elsewhere. */
  usual: string
  /** False if it was so already. */
  changed: boolean
}

/**
 * What a member weighs in one election alone, fixed with its roll when it opens.
 * @param input.weight in votes; undefined for what the member weighs elsewhere
 * @throws WrongState, MemberNotFound, WeightInvalid
 */
export async function setWeight(
  work: UnitOfWork,
  input: { election: string | undefined; number: string; weight: string | undefined },
): Promise<SetWeight> {
  const { number, weight: text } = input
  const micros = text === undefined ? undefined : parseWeight(text)
  if (text !== undefined && micros === undefined) throw new WeightInvalid(text)
  return work.write('set a weight', async (tx) => {
    const election = await findElection(tx, input.election)
    requireDraft(election, 'change what a member weighs in it')
    const member = await tx.db
      .selectFrom('member')
      .leftJoin('election_weight as w', (join) =>
        join.onRef('w.member_id', '=', 'member.id').on('w.election_id', '=', election.id),
      )
      .select(['member.id', 'member.name', 'member.weight_micros as usual', 'w.weight_micros as here'])
      .where('member.organisation_id', '=', election.organisation_id)
      .where('member.number', '=', number)
      .executeTakeFirst()
    if (member === undefined) throw new MemberNotFound(number)
    const changed = (micros ?? null) !== member.here
    const place = { election_id: election.id, member_id: member.id }
    if (micros === undefined) {
      await tx.db
        .deleteFrom('election_weight')
        .where((where) => where.and(place))
        .execute()
    } else {
      await tx.db
        .insertInto('election_weight')
        .values({ ...place, weight_micros: micros })
        .onConflict((conflict) =>
          conflict.columns(['election_id', 'member_id']).doUpdateSet({ weight_micros: micros }),
        )
        .execute()
    }
    const weight = formatWeight(micros ?? member.usual)
    if (changed) {
      await tx.record({ action: 'weight-set', election: election.slug, personal: { voter: number, weight } })
    }
    const usual = formatWeight(member.usual)
    return { election: election.slug, number, name: member.name, weight, usual, changed }
  })
}
