import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { Election } from './find-election.ts'

export interface AddressFacts {
  election: Pick<Election, 'slug' | 'code'>
  voters: number
  /** Voters without the address that their one-time codes would go to; 0 where the election has no codes. */
  votersWithoutAddress: number
}

const addresses = {
  email: { one: 'an e-mail address', no: 'no e-mail address', column: 'email' },
  sms: { one: 'a telephone number', no: 'no telephone number', column: 'phone' },
} as const

export async function countWithoutAddress(tx: ReadTransaction, election: Election): Promise<number> {
  if (election.code === 'none') return 0
  const { count } = await tx.db
    .selectFrom('voter')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('election_id', '=', election.id)
    .where(addresses[election.code].column, 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Whom one-time codes can't reach: addresses are frozen with the roll, and can't be added after the opening. */
export function addressFindings({ election, voters, votersWithoutAddress }: AddressFacts) {
  if (election.code === 'none' || voters === 0 || votersWithoutAddress === 0) return []
  const { one, no } = addresses[election.code]
  const nobody = votersWithoutAddress === voters
  const has = votersWithoutAddress === 1 ? 'has' : 'have'
  const who = nobody ? `No voter has ${one}` : `${votersWithoutAddress} of ${voters} voters ${has} ${no}`
  return [
    {
      level: nobody ? ('blocks' as const) : ('warns' as const),
      code: 'no-address',
      message: `${who} for one-time codes, which a vote through urna serve needs.`,
      command: 'urna voter import members.csv',
    },
  ]
}
