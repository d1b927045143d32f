import { sql } from 'kysely'
import type { Election } from '../election/find-election.ts'
import { readPurge } from '../election/purged.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'

/** How many had voted by the end of a stretch of time. */
export interface TurnoutPoint {
  /** ISO 8601 in UTC. */
  at: string
  voted: number
}

/** In seconds. A finer line would say of each voter when. */
const shortestStretch = 300
const mostPoints = 120

/** How the turnout rose, from the opening on: totals at whole stretches of time, only where it had risen. */
export async function readTurnoutHistory(tx: ReadTransaction, election: Election): Promise<TurnoutPoint[]> {
  if (election.opened_at === null) return []
  const purge = await readPurge(tx, election)
  if (purge !== undefined) return purge.figures.history
  const start = Math.floor(Date.parse(election.opened_at) / 1000)
  const end = Math.floor(Date.parse(election.closed_at ?? tx.now) / 1000)
  const stretch = shortestStretch * Math.max(1, Math.ceil((end - start) / mostPoints / shortestStretch))
  const second = sql<number>`cast(strftime('%s', at) as integer)`
  // Numbers from outside are bound as floating point, so that their quotient is no whole number by itself.
  const part = sql<number>`cast((${second} - ${start}) / ${stretch} as integer)`
  const rows = await tx.db
    .selectFrom('mark')
    .where('election_id', '=', election.id)
    .select((eb) => [part.as('part'), eb.fn.countAll<number>().as('count')])
    .groupBy('part')
    .orderBy('part')
    .execute()
  let voted = 0
  return rows.map(({ part, count }) => {
    voted += count
    const until = Math.min(end, start + (part + 1) * stretch)
    return { at: new Date(until * 1000).toISOString(), voted }
  })
}

/** When the last voter voted, ISO 8601 in UTC; null where nobody has. */
export async function lastVoteAt(tx: ReadTransaction, election: Election): Promise<string | null> {
  const purge = await readPurge(tx, election)
  if (purge !== undefined) return purge.figures.lastVoteAt
  const { last } = await tx.db
    .selectFrom('mark')
    .where('election_id', '=', election.id)
    .select(({ fn }) => fn.max('at').as('last'))
    .executeTakeFirstOrThrow()
  return last
}
