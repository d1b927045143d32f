import { type Election, findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { rehearse } from '../election/rehearse.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { readCorrections } from './corrections.ts'
import { countVoters, refreshRoll } from './roll.ts'

export interface RollPage {
  election: string
  /** On the whole roll, those struck off it among them. */
  total: number
  /** By number. */
  voters: RolledVoter[]
  /** What `after` is for the next page; null on the last. */
  next: string | null
}

interface RolledVoter {
  number: string
  name: string
  /** Whether a ballot of the voter is in the box; never which, nor when. */
  voted: boolean
  /** How the roll was corrected for this voter after opening. */
  correction: 'added' | 'struck' | null
}

/**
 * A page of the roll, name by name; that of a draft as it would be if it opened now. Whoever views it is in the log.
 * @param input.after number of the last voter of the page before
 * @throws ElectionNotFound
 */
export async function viewRoll(
  work: UnitOfWork,
  input: { election: string; after: string | undefined; limit: number },
): Promise<RollPage> {
  const election = await work.write('view roll', async (tx) => {
    const viewed = await findElection(tx, input.election)
    await requireVoters(tx, viewed, 'show its roll')
    const { after, limit } = input
    await tx.record({
      action: 'roll-viewed',
      election: viewed.slug,
      details: { limit },
      ...(after !== undefined && { personal: { after } }),
    })
    return viewed
  })
  if (election.status !== 'draft') return work.read((tx) => pageOf(tx, election, input))
  return rehearse(work, 'view roll', async (tx) => {
    await refreshRoll(tx, election)
    return pageOf(tx, election, input)
  })
}

async function pageOf(
  tx: ReadTransaction,
  election: Election,
  { after = '', limit }: { after: string | undefined; limit: number },
): Promise<RollPage> {
  const { added, struck } = await readCorrections(tx, election.id)
  const rows = await tx.db
    .selectFrom('voter')
    .select(['number', 'name'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('ballot')
          .select('ballot.id')
          .whereRef('ballot.election_id', '=', 'voter.election_id')
          .whereRef('ballot.voter_id', '=', 'voter.id')
          .where('ballot.effective', '=', 1),
      ).as('voted'),
    )
    .where('election_id', '=', election.id)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit + 1)
    .execute()
  const voters = rows.slice(0, limit).map(({ number, name, voted }) => ({
    ...{ number, name, voted: Boolean(voted) },
    correction: struck.has(number) ? ('struck' as const) : added.has(number) ? ('added' as const) : null,
  }))
  return {
    election: election.slug,
    total: await countVoters(tx, election.id),
    voters,
    next: rows.length > limit ? voters.at(-1)!.number : null,
  }
}
