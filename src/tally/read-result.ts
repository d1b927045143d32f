import { type Contest, readContests } from '../election/contests.ts'
import { type Election, findElection, slugOfElection } from '../election/find-election.ts'
import { organisationNameOf } from '../organisation/find-organisation.ts'
import { seated } from '../report/narrative.ts'
import { type ContestResult, type ElectionResultDocument, resultSchema } from '../report/result-schema.ts'
import { storedTabulationSchema } from '../report/tabulation-schema.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { methodById } from '../tabulation/registry.ts'
import { sealedElectionOf } from './board-state.ts'
import { countBallots } from './public-ballots.ts'
import { ResultNotFound } from './refusals.ts'
import { readStoredBoard } from './stored-board.ts'
import { trusteesOf } from './trustees.ts'
import { readTurnout } from './turnout.ts'

/** The result of an election, complete. @throws ResultNotFound before the count */
export async function readResultDocument(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<ElectionResultDocument> {
  return work.read(async (tx) => resultDocumentOf(tx, group, await findElection(tx, slug)))
}

/** @throws ResultNotFound before the count */
export async function resultDocumentOf(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<ElectionResultDocument> {
  const { slug, uuid, title, description, zone, status } = election
  const contests = await readContestResults(tx, election)
  if (contests.length === 0) throw new ResultNotFound(slug)
  const board = await readStoredBoard(tx, election)
  const { ballots, counting: counted } = await countBallots(tx, election)
  return resultSchema.parse({
    format: 'urna-result',
    version: 1,
    election: {
      slug,
      uuid,
      title,
      description,
      organisation: await organisationNameOf(tx, election),
      status,
      zone,
      openedAt: election.opened_at,
      closedAt: election.closed_at,
      talliedAt: election.tallied_at,
      certifiedAt: election.certified_at,
      runoffOf: await slugOfElection(tx, election.runoff_of),
    },
    turnout: await readTurnout(tx, election),
    ballots: { counted, replaced: ballots - counted },
    trustees: (await trusteesOf(tx, election)).map(({ position, name, kind, publicKey }) => ({
      position,
      name,
      kind,
      publicKey,
    })),
    board: { head: board.head.hash, fingerprint: sealedElectionOf(group, board).fingerprint },
    contests,
  })
}

async function readContestResults(tx: ReadTransaction, election: Election): Promise<ContestResult[]> {
  const rows = await tx.db
    .selectFrom('tabulation')
    .innerJoin('contest', 'contest.id', 'tabulation.contest_id')
    .select(['tabulation.contest_id', 'tabulation.body'])
    .where('contest.election_id', '=', election.id)
    .execute()
  const bodies = new Map(rows.map(({ contest_id, body }) => [contest_id, body]))
  const contests = await readContests(tx, election.id)
  return contests.flatMap((contest) => {
    const body = bodies.get(contest.id)
    if (body === undefined) return []
    const tabulation = storedTabulationSchema.parse(JSON.parse(body))
    const { id, title, source } = methodById(contest.method)
    return [
      {
        position: contest.position,
        title: contest.title,
        description: contest.description,
        method: { id, title, source },
        rules: contest.rules,
        seats: contest.seats,
        options: contest.options.map(({ name, party, slate, district, role }) => ({
          name,
          party,
          slate,
          district,
          none: role === 'none',
        })),
        blankName: contest.blank_name,
        ...seated(tabulation, noneOf(contest)),
        tabulation,
      },
    ]
  })
}

function noneOf({ options }: Contest): number | undefined {
  const none = options.findIndex(({ role }) => role === 'none')
  return none === -1 ? undefined : none
}
