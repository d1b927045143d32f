import { readContests } from '../election/contests.ts'
import type { Election } from '../election/find-election.ts'
import { readCounts } from '../election/stored-counts.ts'
import type { EarlierElection } from '../report/summary.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { readEnteredResult } from './entered-result.ts'
import { readTurnout } from './turnout.ts'

/**
 * The elections of the same organisation that were counted before this one, the latest first: no rehearsals, and no
 * runoffs, whose turnout follows another rule. Who was elected is told of those that are published.
 * @param most so many at most
 */
export async function readEarlierElections(
  tx: ReadTransaction,
  election: Election,
  most: number,
): Promise<EarlierElection[]> {
  const before = await tx.db
    .selectFrom('election')
    .selectAll()
    .where('organisation_id', '=', election.organisation_id)
    .where('id', '!=', election.id)
    .where('rehearsal', '=', 0)
    .where('runoff_of', 'is', null)
    .where('tallied_at', 'is not', null)
    .where('tallied_at', '<=', election.tallied_at ?? tx.now)
    .where('cancelled_at', 'is', null)
    .orderBy('tallied_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const earlier: EarlierElection[] = []
  for (const each of before) {
    const turnout = await turnoutIn(tx, each)
    if (turnout === undefined) continue
    const winners = each.published_at === null ? new Map() : await winnersIn(tx, each)
    earlier.push({
      ...{ slug: each.slug, title: each.title, talliedAt: each.tallied_at ?? '' },
      ...turnout,
      winners,
    })
  }
  return earlier
}

/** Undefined where a result was typed in without it. */
async function turnoutIn(
  tx: ReadTransaction,
  election: Election,
): Promise<{ voters: number; voted: number } | undefined> {
  if (election.visibility !== 'manual') {
    const { voters, voted } = await readTurnout(tx, election)
    return voters === 0 ? undefined : { voters, voted }
  }
  const entered = await readEnteredResult(tx, election)
  if (entered?.voters == null || entered.voted === null || entered.voters === 0) return undefined
  return { voters: entered.voters, voted: entered.voted }
}

async function winnersIn(tx: ReadTransaction, election: Election): Promise<Map<string, readonly string[]>> {
  const [contests, counts] = [await readContests(tx, election.id), await readCounts(tx, election)]
  return new Map(
    contests.map(({ id, title }) => {
      const { winners = [], options = [] } = counts.get(id) ?? {}
      return [title, winners.flatMap(({ option }) => options[option] ?? [])]
    }),
  )
}
