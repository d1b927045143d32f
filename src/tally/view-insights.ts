import { sql } from 'kysely'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { readPurge } from '../election/purged.ts'
import { type Insights, insightsSchema } from '../report/insights/insight-schema.ts'
import {
  findDrivers,
  findIrregularUnits,
  findSpikes,
  type Group,
  predictTurnout,
} from '../report/insights/turnout-insights.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { isStruck } from '../voting/struck.ts'
import { readEarlierElections } from './earlier-elections.ts'
import { readEnteredResult } from './entered-result.ts'
import { type StatusPart, turnoutByStatus } from './status-cells.ts'
import { readTurnout } from './turnout.ts'
import { smallestUnit, type Turnout, type UnitTurnout } from './turnout-cells.ts'

/** Of the earlier elections so many are taken, the latest; what Student's t is known for, and one more. */
const mostEarlier = 31

/**
 * What the figures of a turnout let anybody say, each with its method and its caveat. Small groups are merged as in every
 * turnout that is told.
 * @throws ElectionNotFound, WrongState before the close
 */
export async function viewInsights(work: UnitOfWork, slug: string | undefined): Promise<Insights> {
  return work.read(async (tx) => {
    const election = await findElection(tx, slug)
    requireStatus(election, {
      deed: 'look for insights',
      allowed: ['closed', 'tallied', 'certified', 'archived'],
      hint: 'Insights are of a whole election: they come after its close.',
    })
    const { turnout, units } = await turnoutOf(tx, election)
    const earlier = await readEarlierElections(tx, election, mostEarlier)
    const hours = await readHours(tx, election)
    return insightsSchema.parse({
      election: election.slug,
      title: election.title,
      zone: election.zone,
      insights: [
        predictTurnout(
          turnout,
          earlier.map(({ slug: name, voters, voted }) => ({ election: name, voters, voted })),
        ),
        findSpikes(hours, { openedAt: election.opened_at, smallest: smallestUnit }),
        findIrregularUnits(turnout, units),
        findDrivers(turnout, [...(await statusGroups(tx, election)), ...units]),
      ],
    })
  })
}

async function turnoutOf(
  tx: ReadTransaction,
  election: Election,
): Promise<{ turnout: Turnout; units: Group[] }> {
  if (election.visibility === 'manual') {
    const entered = await readEnteredResult(tx, election)
    return { turnout: { voters: entered?.voters ?? 0, voted: entered?.voted ?? 0 }, units: [] }
  }
  const { voters, voted, units } = await readTurnout(tx, election)
  return { turnout: { voters, voted }, units: units.flatMap(groupOf) }
}

/** Those that are merged have no name of their own, and are no group. */
function groupOf({ unit, name, voters, voted }: UnitTurnout): Group[] {
  return name === null ? [] : [{ by: unit, name, voters, voted }]
}

/** None where the voters were purged, or the result was typed in. */
async function statusGroups(tx: ReadTransaction, election: Election): Promise<Group[]> {
  if ((await readPurge(tx, election)) !== undefined) return []
  const parts: StatusPart[] = await tx.db
    .selectFrom('voter')
    .leftJoin('mark', (join) =>
      join.onRef('mark.voter_id', '=', 'voter.id').onRef('mark.election_id', '=', 'voter.election_id'),
    )
    .where('voter.election_id', '=', election.id)
    .where(({ not }) => not(isStruck('voter')))
    .select(['voter.status', 'voter.region', 'voter.chapter', 'voter.district'])
    .select(({ fn }) => [
      fn.count<number>('voter.id').as('voters'),
      fn.count<number>('mark.voter_id').as('voted'),
    ])
    .groupBy(['voter.status', 'voter.region', 'voter.chapter', 'voter.district'])
    .orderBy('voter.status')
    .execute()
  return turnoutByStatus(parts).map(({ status: name, voters, voted }) => ({
    by: 'status',
    name,
    voters,
    voted,
  }))
}

/** How many voted in each hour from the opening to the close; undefined where nobody can say. */
async function readHours(tx: ReadTransaction, election: Election): Promise<number[] | undefined> {
  const { id, opened_at: opened, closed_at: closed, visibility } = election
  if (opened === null || closed === null || visibility === 'manual') return undefined
  if ((await readPurge(tx, election)) !== undefined) return undefined
  const start = Math.floor(Date.parse(opened) / 1000)
  // Numbers from outside are bound as floating point, so that their quotient is no whole number by itself.
  const hour = sql<number>`cast((cast(strftime('%s', at) as integer) - ${start}) / 3600 as integer)`
  const rows = await tx.db
    .selectFrom('mark')
    .where('election_id', '=', id)
    .select((eb) => [hour.as('hour'), eb.fn.countAll<number>().as('votes')])
    .groupBy('hour')
    .execute()
  const counts = new Map(rows.map((row) => [row.hour, row.votes]))
  const length = Math.ceil((Date.parse(closed) / 1000 - start) / 3600)
  return Array.from({ length }, (_, at) => counts.get(at) ?? 0)
}
