import type { Selectable } from 'kysely'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'

export type GroupMember = Omit<Selectable<Database['group_member']>, 'election_id'>

/** Trustees of whom `threshold` together suffice, declared by an officer; the key comes of their ceremony. */
export interface TrusteeGroup {
  /** Names the ceremony; one that is held again has another name. */
  readonly ceremony: string
  readonly threshold: number
  /** JSON text of the outcome; null until the ceremony is over. */
  readonly parameters: string | null
  /** By their place. */
  readonly members: readonly GroupMember[]
}

/** What the trustees send in the rounds of the ceremony, in their order. */
export const ceremonyRounds = ['certificate', 'shares', 'public_key'] as const
export type CeremonyRound = (typeof ceremonyRounds)[number]

/** Where a ceremony is: the round, from 1, and who has not sent what it asks for. */
export interface CeremonyState {
  readonly round: 1 | 2 | 3
  readonly asks: CeremonyRound
  readonly awaited: readonly string[]
}

/** The threshold group of an election, if it has one. */
export async function readTrusteeGroup(
  tx: ReadTransaction,
  electionId: number,
): Promise<TrusteeGroup | undefined> {
  const row = await tx.db
    .selectFrom('trustee_group')
    .selectAll()
    .where('election_id', '=', electionId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const members = await tx.db
    .selectFrom('group_member')
    .select(['place', 'name', 'certificate', 'shares', 'public_key'])
    .where('election_id', '=', electionId)
    .orderBy('place')
    .execute()
  const { ceremony, threshold, parameters } = row
  return { ceremony, threshold, parameters, members }
}

/** @returns undefined once the ceremony is over */
export function ceremonyState({ parameters, members }: TrusteeGroup): CeremonyState | undefined {
  if (parameters !== null) return undefined
  for (const [index, asks] of ceremonyRounds.entries()) {
    const awaited = members.filter((member) => member[asks] === null).map(({ name }) => name)
    if (awaited.length > 0) return { round: (index + 1) as 1 | 2 | 3, asks, awaited }
  }
  throw new Error('the ceremony has everything and no outcome')
}
